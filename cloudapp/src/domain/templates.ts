/** Templates, tariffs, and views of the work list, that one library may have. Apart from the contract, whose schemas the app must not carry. */
export const MAX_TEMPLATES = 50;
export const MAX_TARIFFS = 20;
export const MAX_VIEWS = 20;
