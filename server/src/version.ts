/** Of the server and its API document; raised with every release. */
export const SERVER_VERSION = '0.1.0';
