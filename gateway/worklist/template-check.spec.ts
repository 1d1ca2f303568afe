import type { Template } from '#domain/api/profile';
import { FIELDS } from '#domain/ill/fields';
import { checkTemplates } from './template-check';

const template = (values: Readonly<Record<string, string>>, more: Partial<Template> = {}): Template => ({
  name: '私費・普通',
  values,
  ...more,
});
const faultsOf = (...templates: readonly Template[]) =>
  checkTemplates(templates).map(({ field, code }) => `${field} ${code}`);

describe('checkTemplates', () => {
  it('takes what a borrower writes into a new request', () => {
    const values = { payment: 'pr', copyType: '電子複写', sendingMethod: '速達', permitNumber: '', comment: '至急' };
    expect(faultsOf(template(values, { kind: 'copy' }), template({}, { name: '空' }))).toEqual([]);
  });

  it('holds nothing about the patron', () => {
    expect(faultsOf(template({ applicant: '利用者 001', applicantAffiliation: '' }))).toEqual([
      'templates[0].values.applicant not-editable-now',
      'templates[0].values.applicantAffiliation not-editable-now',
    ]);
  });

  it('holds no field that another writes', () => {
    const others = Object.entries(FIELDS).filter(([, { setBy }]) => setBy !== 'borrower');
    expect(others.length).toBeGreaterThan(15);
    for (const [name] of others)
      expect(faultsOf(template({ [name]: '' }))).toEqual([`templates[0].values.${name} not-editable-now`]);
  });

  it('holds values that could be sent', () => {
    const values = {
      payment: 'xx',
      borrowerNumber: '1234567890A',
      orderDate: '20260230',
      comment: 'a\nb',
      nothing: '1',
    };
    expect(faultsOf(template({}, { name: '空' }), template(values))).toEqual([
      'templates[1].values.payment unknown-code',
      'templates[1].values.borrowerNumber too-long',
      'templates[1].values.orderDate bad-date',
      'templates[1].values.comment line-break',
      'templates[1].values.nothing unknown-field',
    ]);
  });

  it('leaves room for the mark of the order', () => {
    const faults = (bytes: number) => faultsOf(template({ borrowerLocalData: 'a'.repeat(bytes) }));
    expect([faults(1_005), faults(1_006)]).toEqual([[], ['templates[0].values.borrowerLocalData too-long']]);
  });

  it('knows a field of one kind only, by the kind of the template', () => {
    const values = { copyType: '電子複写' };
    expect(faultsOf(template(values, { kind: 'loan' }))).toEqual(['templates[0].values.copyType not-for-this-kind']);
    expect(faultsOf(template({ ...values, returnDate: '20261124' }))).toEqual([]);
  });

  it('has each name once, whatever its case, width and blanks', () => {
    const named = (...names: readonly string[]) => faultsOf(...names.map((name) => template({}, { name })));
    expect(named('ILL Ａ', 'ill  a ', 'ILL B', 'ｉｌｌ　ｂ')).toEqual([
      'templates[1].name duplicate',
      'templates[3].name duplicate',
    ]);
    expect(named(' 　', 'a\u0000b')).toEqual(['templates[0].name required', 'templates[1].name line-break']);
  });
});
