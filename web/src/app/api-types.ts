/* Generated from docs/openapi.json by `npm run types`. */
export interface paths {}
