import type { PutProfile } from '#domain/api-profile';
import type { FieldError } from '#domain/errors';
import { checkTemplates } from '../commands/template-check';
import { checkIntegration } from '../imports/integration-check';
import { checkTariffs } from './tariff-check';
import { checkViews } from './view-check';

/** What is wrong with what a library wants to share, one entry for each fault. */
export function checkProfile(profile: PutProfile): readonly FieldError[] {
  const { templates = [], views = [], tariffs = [], integration } = profile;
  return [
    ...checkTemplates(templates),
    ...checkViews(views),
    ...checkTariffs(tariffs),
    ...checkIntegration(integration),
  ];
}
