import type { PutProfile } from '#domain/api-profile';
import type { FieldError } from '#domain/errors';
import { checkTemplates } from '../commands/template-check';
import { checkTariffs } from './tariff-check';
import { checkViews } from './view-check';

/** What is wrong with what a library wants to share, one entry for each fault. */
export function checkProfile({ templates = [], views = [], tariffs = [] }: PutProfile): readonly FieldError[] {
  return [...checkTemplates(templates), ...checkViews(views), ...checkTariffs(tariffs)];
}
