/**
 * Maximum numbers of templates, tariffs and work list views per library. Kept apart from the API schemas, which the app
 * must not bundle.
 */
export const MAX_TEMPLATES = 50;
export const MAX_TARIFFS = 20;
export const MAX_VIEWS = 20;
