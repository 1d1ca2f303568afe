import type { Tariff } from '#domain/api/profile';
import type { FieldError } from '#domain/errors';
import { CHARGE_PARTS } from '#domain/ill/fields';
import { checkText } from '#domain/ill/field-text';
import { checkName } from './name-check';

/**
 * Faults of tariffs, with paths like `tariffs[0].lines[1].item`. An item becomes ITEM of a charge line, and must fit
 * there.
 */
export function checkTariffs(tariffs: readonly Tariff[]): readonly FieldError[] {
  return tariffs.flatMap((tariff, at) => {
    const path = `tariffs[${String(at)}]`;
    const before = tariffs.slice(0, at).map(({ name }) => name);
    const lines = tariff.lines.flatMap(({ item }, line) => checkItem(`${path}.lines[${String(line)}].item`, item));
    return [...checkName(`${path}.name`, tariff.name, before), ...lines, ...checkFilled(path, tariff)];
  });
}

function checkItem(field: string, item: string): readonly FieldError[] {
  return item.trim() === '' ? [{ field, code: 'required' }] : checkText(field, item, CHARGE_PARTS.item);
}

/** A tariff without any price would calculate nothing. */
function checkFilled(path: string, { lines, fee, postage }: Tariff): readonly FieldError[] {
  const isEmpty = lines.length === 0 && fee === undefined && postage === undefined;
  return isEmpty ? [{ field: `${path}.lines`, code: 'required' }] : [];
}
