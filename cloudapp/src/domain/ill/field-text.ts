import { CODE_TABLES, codeByWire, type CodeTable } from './codes';
import { isDay } from './dates';
import type { FieldError, FieldErrorCode } from '../errors';
import { byteLength, type FieldForm } from './fields';
import { parseIsbn, parseIssn, parseMemberId } from '../catalog/identifiers';
import { textFault } from './sendable-text';

/** Form and maximum length of a value, as in FIELDS and the group parts. */
interface TextSpec {
  readonly form: FieldForm;
  readonly maxBytes: number;
}

/** Checks the text of one field; `field` is the path used in the reported faults. */
export function checkText(field: string, value: string, spec: TextSpec): readonly FieldError[] {
  const fault = textFault(value);
  if (fault !== undefined) return [{ field, code: fault }];
  const bytes = byteLength(value);
  if (bytes > spec.maxBytes) return [{ field, code: 'too-long', params: { bytes, maxBytes: spec.maxBytes } }];
  const code = value === '' ? undefined : formFault(spec.form, value);
  return code === undefined ? [] : [{ field, code }];
}

function formFault(form: FieldForm, value: string): FieldErrorCode | undefined {
  switch (form) {
    case 'text':
      return undefined;
    case 'date':
      return isDay(value) ? undefined : 'bad-date';
    case 'yen':
      return /^\d+$/.test(value) ? undefined : 'bad-number';
    case 'member-id':
      return memberIdFault(value);
    case 'payment':
    case 'copy-type':
    case 'sending-method':
      return isKnownCode(form, value) ? undefined : 'unknown-code';
  }
}

function memberIdFault(value: string): FieldErrorCode | undefined {
  const parsed = parseMemberId(value);
  if (!parsed.ok) return parsed.error;
  return parsed.value === value ? undefined : 'bad-format';
}

function isKnownCode(table: CodeTable, value: string): boolean {
  return table in CODE_TABLES && codeByWire(table, value) !== undefined;
}

/** STDNO is free text; only values that start with `ISBN=` or `ISSN=` are checked. */
export function checkStandardNumber(value: string): readonly FieldError[] {
  const [, scheme, number] = /^\s*(ISBN|ISSN)\s*=\s*(.*)$/i.exec(value) ?? [];
  if (scheme === undefined || number === undefined) return [];
  const parsed = scheme.toUpperCase() === 'ISBN' ? parseIsbn(number) : parseIssn(number);
  return parsed.ok ? [] : [{ field: 'standardNumber', code: parsed.error }];
}
