import type { PutProfile } from '#domain/api/profile';
import type { FieldError } from '#domain/errors';
import { checkTemplates } from './template-check';
import { checkIntegration } from '../imports/integration-check';
import { checkTariffs } from './tariff-check';
import { checkViews } from './view-check';

/** The faults in what a library wants to share, one entry each. */
export function checkProfile(profile: PutProfile): readonly FieldError[] {
  const { templates = [], views = [], tariffs = [], integration } = profile;
  return [
    ...checkTemplates(templates),
    ...checkViews(views),
    ...checkTariffs(tariffs),
    ...checkIntegration(integration),
  ];
}
