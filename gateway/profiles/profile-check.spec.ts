import type { PutProfile, SavedView, Tariff, Template } from '#domain/api/profile';
import { FIELDS } from '#domain/ill/fields';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { checkProfile } from './profile-check';

const faultsOf = (profile: Omit<PutProfile, 'version'>) =>
  checkProfile({ version: 0, ...profile }, {}).map(({ field, code }) => `${field} ${code}`);
const view = (query: Readonly<Record<string, string>>, name = '今日の受付'): SavedView => ({ name, query });
const tariff = (more: Partial<Tariff> = {}): Tariff => ({
  name: '学内',
  lines: [{ item: '白黒 A4', unitPrice: 40 }],
  ...more,
});

describe('checkProfile', () => {
  it('takes what the list and the calculator can use', () => {
    const query = {
      ...{
        side: 'lender',
        kind: 'copy',
        status: '未処理 回答待 知らない状態',
        partner: 'FA090018',
        needsAction: 'true',
      },
      ...{ open: 'false', gone: 'true', from: '20260401', to: '20260401', q: '100%', sort: 'needs' },
    };
    const moving = ['-0', '-6', '-365'].map((from) => view({ from, to: '20260401' }, from));
    const views = [view(query), view({}, 'すべて'), ...moving];
    const tariffs = [tariff(), tariff({ name: '送料のみ', lines: [], postage: 0 })];
    expect(faultsOf({ views, tariffs })).toEqual([]);
  });

  it('refuses values that the list does not know', () => {
    const query = {
      side: 'both',
      kind: 'book',
      partner: 'FA 1',
      needsAction: 'yes',
      gone: '1',
      open: '',
      sort: 'best',
    };
    expect(faultsOf({ views: [view({}, 'すべて'), view(query)] })).toEqual([
      'views[1].query.side unknown-code',
      'views[1].query.kind unknown-code',
      'views[1].query.partner bad-format',
      'views[1].query.needsAction unknown-code',
      'views[1].query.gone unknown-code',
      'views[1].query.open required',
      'views[1].query.sort unknown-code',
    ]);
  });

  it('refuses days that are none, a span that ends before it begins, and texts that cannot be searched', () => {
    const queries: readonly Readonly<Record<string, string>>[] = [
      { from: '20260230', to: '2026' },
      { from: '20260402', to: '20260401' },
      { q: 'a\nb' },
    ];
    expect(faultsOf({ views: queries.map((query, at) => view(query, String(at))) })).toEqual([
      'views[0].query.from bad-date',
      'views[0].query.to bad-date',
      'views[1].query.to bad-date',
      'views[2].query.q line-break',
    ]);
  });

  it('refuses what is no part of a view, whatever stands there', () => {
    const query = { further: 5, toString: 'x', list: ['x'] } as unknown as Readonly<Record<string, string>>;
    expect(faultsOf({ views: [view(query)] })).toEqual([
      'views[0].query.further unknown-field',
      'views[0].query.toString unknown-field',
      'views[0].query.list unknown-field',
    ]);
  });

  it('refuses more statuses than the list takes, and one that is too long', () => {
    const statuses = (number: number) => Array.from({ length: number }, () => '発送').join(' ');
    expect(faultsOf({ views: [view({ status: statuses(30) })] })).toEqual([]);
    expect(faultsOf({ views: [view({ status: statuses(31) })] })).toEqual(['views[0].query.status too-many']);
    expect(faultsOf({ views: [view({ status: '発'.repeat(81) })] })).toEqual(['views[0].query.status too-long']);
  });

  it('refuses names that a reader cannot tell apart, in each list by itself', () => {
    const same = ['Ａ館　特急', ' a館 特急 '];
    const profile = {
      templates: [{ name: 'A館 特急', values: {} }],
      views: same.map((name) => view({}, name)),
      tariffs: same.map((name) => tariff({ name })),
    };
    expect(faultsOf(profile)).toEqual(['views[1].name duplicate', 'tariffs[1].name duplicate']);
    expect(faultsOf({ views: [view({}, '　')], tariffs: [tariff({ name: 'a\tb' })] })).toEqual([
      'views[0].name required',
      'tariffs[0].name line-break',
    ]);
  });

  it('refuses lines without an item, items that do not fit into a charge line, and a tariff without any price', () => {
    const lines = [' ', '紙'.repeat(22), 'a\nb'].map((item) => ({ item, unitPrice: 10 }));
    expect(faultsOf({ tariffs: [tariff({ lines }), tariff({ name: '空', lines: [] })] })).toEqual([
      'tariffs[0].lines[0].item required',
      'tariffs[0].lines[1].item too-long',
      'tariffs[0].lines[2].item line-break',
      'tariffs[1].lines required',
    ]);
  });

  it('refuses an integration that cannot work, beside what else is wrong', () => {
    const schedule = { ...DEFAULT_INTEGRATION.schedule, timeZone: 'Asia/Tokio' };
    const tariffs = [tariff({ lines: [] })];
    expect(faultsOf({ tariffs, integration: { ...DEFAULT_INTEGRATION, schedule } })).toEqual([
      'tariffs[0].lines required',
      'integration.schedule.timeZone unknown-code',
    ]);
  });

  it('still holds templates to what it held them to', () => {
    expect(faultsOf({ templates: [{ name: '見本', values: { applicant: '利用者 001' } }] })).toEqual([
      'templates[0].values.applicant not-editable-now',
    ]);
  });
});

describe('checkProfile of templates', () => {
  const template = (values: Readonly<Record<string, string>>, more: Partial<Template> = {}): Template => ({
    name: '私費・普通',
    values,
    ...more,
  });
  const templateFaults = (...templates: Template[]) => faultsOf({ templates });

  it('takes what a borrower writes into a new request', () => {
    const values = { payment: 'pr', copyType: '電子複写', sendingMethod: '速達', permitNumber: '', comment: '至急' };
    expect(templateFaults(template(values, { kind: 'copy' }), template({}, { name: '空' }))).toEqual([]);
  });

  it('holds nothing about the patron', () => {
    expect(templateFaults(template({ applicant: '利用者 001', applicantAffiliation: '' }))).toEqual([
      'templates[0].values.applicant not-editable-now',
      'templates[0].values.applicantAffiliation not-editable-now',
    ]);
  });

  it('holds no field that another writes', () => {
    const others = Object.entries(FIELDS).filter(([, { setBy }]) => setBy !== 'borrower');
    expect(others.length).toBeGreaterThan(15);
    for (const [name] of others)
      expect(templateFaults(template({ [name]: '' }))).toEqual([`templates[0].values.${name} not-editable-now`]);
  });

  it('holds values that could be sent', () => {
    const values = {
      payment: 'xx',
      borrowerNumber: '1234567890A',
      orderDate: '20260230',
      comment: 'a\nb',
      nothing: '1',
    };
    expect(templateFaults(template({}, { name: '空' }), template(values))).toEqual([
      'templates[1].values.payment unknown-code',
      'templates[1].values.borrowerNumber too-long',
      'templates[1].values.orderDate bad-date',
      'templates[1].values.comment line-break',
      'templates[1].values.nothing unknown-field',
    ]);
  });

  it('leaves room for the mark of the order', () => {
    const faults = (bytes: number) => templateFaults(template({ borrowerLocalData: 'a'.repeat(bytes) }));
    expect([faults(1_005), faults(1_006)]).toEqual([[], ['templates[0].values.borrowerLocalData too-long']]);
  });

  it('knows a field of one kind only, by the kind of the template', () => {
    const values = { copyType: '電子複写' };
    expect(templateFaults(template(values, { kind: 'loan' }))).toEqual([
      'templates[0].values.copyType not-for-this-kind',
    ]);
    expect(templateFaults(template({ ...values, returnDate: '20261124' }))).toEqual([]);
  });

  it('has each name once, whatever its case, width and blanks', () => {
    const named = (...names: readonly string[]) => templateFaults(...names.map((name) => template({}, { name })));
    expect(named('ILL Ａ', 'ill  a ', 'ILL B', 'ｉｌｌ　ｂ')).toEqual([
      'templates[1].name duplicate',
      'templates[3].name duplicate',
    ]);
    expect(named(' 　', 'a\u0000b')).toEqual(['templates[0].name required', 'templates[1].name line-break']);
  });
});
