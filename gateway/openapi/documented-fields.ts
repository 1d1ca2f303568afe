import Type, { type TProperties, type TSchema } from 'typebox';
import { ChargeSchema, LenderSchema } from '#domain/api/requests';
import { CODE_TABLES } from '#domain/ill/codes';
import { fieldSpec, MAX_CHARGES, MAX_LENDERS, SCALAR_NAMES, type FieldForm, type FieldSpec } from '#domain/ill/fields';

const FORMS: Readonly<Partial<Record<FieldForm, string>>> = {
  'date': 'a day, yyyyMMdd',
  'yen': 'digits only',
  'member-id': 'an FA number',
};

/** The fields that a body may contain, for OpenAPI only, with the properties from the field specs. */
export const DOCUMENTED_FIELDS: TProperties = {
  ...Object.fromEntries(SCALAR_NAMES.map((name) => [name, Type.Optional(scalar(fieldSpec(name)))])),
  lenders: Type.Optional(Type.Array(LenderSchema, { maxItems: MAX_LENDERS, description: 'In the order of asking' })),
  charges: Type.Optional(Type.Array(ChargeSchema, { maxItems: MAX_CHARGES, description: 'Set by the lender' })),
};

function scalar(spec: FieldSpec): TSchema {
  const description = `${ownerOf(spec)}; ${formOf(spec)}at most ${String(spec.maxBytes)} bytes of UTF-8`;
  return Type.String({ description, ...(spec.writable === 'never' ? { readOnly: true } : {}) });
}

function ownerOf({ setBy, writable, kind }: FieldSpec): string {
  if (setBy === 'server') return 'Set by NACSIS-ILL';
  const when = writable === 'preparing' ? ' of a new request or one in 準備中' : '';
  return `Set by the ${setBy}${when}${kind === undefined ? '' : `, ${kind} only`}`;
}

function formOf({ form }: FieldSpec): string {
  if (Object.hasOwn(CODE_TABLES, form)) {
    const codes = CODE_TABLES[form as keyof typeof CODE_TABLES];
    return `one of ${codes.map(({ wire }) => wire).join(', ')}; `;
  }
  return FORMS[form] === undefined ? '' : `${FORMS[form]}; `;
}
