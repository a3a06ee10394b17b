/** Outlines on the 468-point face mesh, as point numbers in order. Left and right as pictured. */

/** Around the face, from the top of the forehead clockwise. */
export const FACE_OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148,
  176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const;

export const LEFT_CHEEK = [50, 101, 36, 205, 187, 123] as const;
export const RIGHT_CHEEK = [280, 330, 266, 425, 411, 352] as const;

export const LEFT_EYE = [33, 160, 158, 133, 153, 144] as const;
export const RIGHT_EYE = [263, 387, 385, 362, 380, 373] as const;

/** Eye socket from below the brow to the top of the cheek. */
export const LEFT_SOCKET = [
  226, 113, 225, 224, 223, 222, 221, 189, 244, 233, 232, 231, 230, 229, 228, 31,
] as const;
export const RIGHT_SOCKET = [
  446, 342, 445, 444, 443, 442, 441, 413, 464, 453, 452, 451, 450, 449, 448, 261,
] as const;
