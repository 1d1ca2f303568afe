import type { Schema } from '../store/schema';

/**
 * Whether a column may contain a patron's name, and what happens to it:
 * - never: an id, a number, a date, a fixed term, a title
 * - erased: the nightly upkeep erases it
 * - staff: which staff member did it; kept
 * - shared: a manager's text for the whole library; it must not name anyone, and stays until it is changed
 */
type Holds = 'never' | 'erased' | 'staff' | 'shared';
type Decided = { readonly [table in keyof Schema]: Readonly<Record<keyof Schema[table], Holds>> };

/**
 * The decision for every column of the store. Without a decision, a new column does not compile and fails the spec of
 * the erasure.
 */
export const COLUMNS_WITH_NAMES: Decided = {
  requests: {
    ...{ institution: 'never', side: 'never', id: 'never', library: 'never', member_id: 'never', kind: 'never' },
    ...{ state: 'never', external_status: 'never', version: 'never', record: 'erased', history_lengths: 'never' },
    ...{ title: 'never', partner_id: 'never', partner_name: 'never', updated_on: 'never', alma_user_id: 'erased' },
    ...{
      alma_partner_code: 'never',
      alma_request_id: 'never',
      seen_at: 'never',
      changed_at: 'never',
      news_at: 'never',
    },
    ...{
      history_seen: 'never',
      first_seen_at: 'never',
      citation: 'never',
      ordered_on: 'never',
      due_date: 'never',
      waits: 'never',
      open: 'never',
    },
    ...{
      gone: 'never',
      delivered: 'never',
      jump: 'never',
      bib_id: 'never',
      search_text: 'erased',
      names_erased: 'never',
    },
  },
  request_counts: {
    ...{ level: 'never', institution: 'never', library: 'never', side: 'never', kind: 'never', waits: 'never' },
    ...{
      open: 'never',
      delivered: 'never',
      external_status: 'never',
      state: 'never',
      partner_id: 'never',
      partner_name: 'never',
    },
    number: 'never',
  },
  journal: {
    ...{ institution: 'never', idempotency_key: 'never', payload_hash: 'never', state: 'never', library: 'never' },
    ...{ member_id: 'never', user_id: 'staff', kind: 'never', side: 'never', command: 'never', request_id: 'never' },
    ...{ mark: 'never', history_length: 'never', state_before: 'never', alma_user_id: 'erased' },
    ...{
      alma_request_id: 'never',
      problem: 'erased',
      sent: 'erased',
      attempt: 'never',
      sent_at: 'never',
      lease_until: 'never',
    },
    ...{ created_at: 'never', updated_at: 'never' },
  },
  drafts: {
    ...{ institution: 'never', draft_id: 'never', library: 'never', user_id: 'staff', kind: 'never' },
    ...{ content: 'erased', updated_at: 'never' },
  },
  profiles: {
    ...{ institution: 'never', library: 'never', version: 'never', templates: 'shared', views: 'shared' },
    ...{ tariffs: 'shared', loan_days: 'never', integration: 'shared', updated_at: 'never', updated_by: 'staff' },
  },
  readings: { institution: 'never', library: 'never', read_at: 'never', full_at: 'never', unexplained: 'never' },
  import_runs: {
    ...{ institution: 'never', run_id: 'never', libraries: 'never', trigger: 'never', started_by: 'staff' },
    ...{ idempotency_key: 'never', full: 'never', dry_run: 'never', only: 'never', retry_of: 'never', state: 'never' },
    ...{ cancelling: 'never', requested_at: 'never', started_at: 'never', finished_at: 'never', step_at: 'never' },
    ...{ resumed: 'never', libraries_read: 'never', records_read: 'never', wait_since: 'never', wait_until: 'never' },
    // The configuration names the partner and the collective patron, who is not a person.
    ...{ wait_code: 'never', wait_count: 'never', failure: 'erased', configuration: 'shared', revision: 'never' },
    checked: 'never',
  },
  import_items: {
    ...{ institution: 'never', run_id: 'never', library: 'never', side: 'never', id: 'never', kind: 'never' },
    ...{ place: 'never', outcome: 'never', changes: 'erased', failure: 'erased', attempts: 'never' },
    ...{ not_before: 'never', done_at: 'never' },
  },
  alma_records: {
    ...{
      institution: 'never',
      side: 'never',
      id: 'never',
      claimed_at: 'never',
      claimed_for: 'erased',
      unknown: 'never',
    },
    ...{ imported_version: 'never', imported_status: 'never', imported_at: 'never', alma_status: 'never' },
    // Fields of the cited work only (alma-sync/kept-fields.ts).
    ...{ alma_status_name: 'never', alma_seen_at: 'never', wanted_status: 'never', kept: 'never' },
    ...{ claims: 'never', made_at: 'never', names_no_other: 'never', repeated: 'never', left_to: 'never' },
  },
  // The owner of a patron's list is stored as a hash.
  alma_stock_lists: { institution: 'never', run_id: 'never', list: 'never', complete: 'never' },
  alma_stock: {
    ...{ institution: 'never', run_id: 'never', list: 'never', alma_request_id: 'never', external_id: 'never' },
    ...{ mark: 'never', mentions: 'never', partner_code: 'never', title: 'never', ended: 'never' },
  },
  // Lending requests only, which have no patron.
  alma_left: {
    ...{ institution: 'never', side: 'never', id: 'never', library: 'never', alma_request_id: 'never' },
    ...{ alma_partner_code: 'never', record: 'never' },
  },
  unreadable_records: {
    ...{ institution: 'never', library: 'never', side: 'never', kind: 'never', id: 'never' },
    // Names the fault without any content of the record (nacsis/reading.ts).
    ...{ reason: 'never', seen_at: 'never' },
  },
  upkeep: { step: 'never', known_since: 'never', done_at: 'never', failed_at: 'never' },
  used_keys: {
    ...{ institution: 'never', idempotency_key: 'never', payload_hash: 'never', run_id: 'never', joined: 'never' },
    used_at: 'never',
  },
  bridge_transactions: {
    ...{ institution: 'never', transaction_id: 'never', library: 'never', side: 'never', requester: 'never' },
    ...{ supplier: 'never', requester_request_id: 'never', supplier_request_id: 'never', request_id: 'never' },
    ...{ kind: 'never', title: 'never', told_version: 'never', told: 'never', last_in: 'never', last_in_at: 'never' },
    ...{ ended: 'never', created_at: 'never', updated_at: 'never' },
  },
  bridge_messages: {
    ...{ institution: 'never', message_id: 'never', transaction_id: 'never', direction: 'never', name: 'never' },
    ...{ identity: 'never', body_hash: 'never', sent_at: 'never', content: 'erased', state: 'never', hold: 'never' },
    ...{ hold_since: 'never', rule: 'never', commands: 'never', commands_done: 'never', consented: 'never' },
    ...{ judged_version: 'never', error: 'never', warnings: 'never' },
    ...{ problem: 'erased', attempts: 'never', next_at: 'never', created_at: 'never', done_at: 'never' },
    overtakable: 'never',
  },
  // The library's own record, which names its staff.
  member_changes: {
    ...{ institution: 'never', idempotency_key: 'never', payload_hash: 'never', state: 'never', library: 'never' },
    ...{ member_id: 'never', user_id: 'staff', before: 'staff', changes: 'staff', problem: 'never', attempt: 'never' },
    ...{ lease_until: 'never', created_at: 'never', updated_at: 'never', number: 'never' },
  },
  closures: {
    ...{ institution: 'never', closure_id: 'never', idempotency_key: 'never', library: 'never', member_id: 'never' },
    ...{ from_day: 'never', to_day: 'never', state: 'never', version: 'never', ends_early: 'never', closed: 'never' },
    ...{ closed_at: 'never', reopened: 'never', reopened_at: 'never', attempt: 'never', failures: 'never' },
    ...{ failure: 'never', next_at: 'never', planned_by: 'staff', changed_by: 'staff', created_at: 'never' },
    updated_at: 'never',
  },
  bridge_progress: { institution: 'never', library: 'never', since: 'never' },
};
