/** The version that reports bear; a test holds it to package.json, which the engine cannot import everywhere it runs. */
export const version = '0.1.0';
