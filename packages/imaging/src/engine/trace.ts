import type { WorkingFrame } from '../composition/frame.ts';
import type { Placement } from '../composition/placement.ts';
import type { Subject } from '../composition/subject.ts';
import type { SourceReader } from '../decode/source-reader.ts';
import type { FaceAnalysis } from '../face/face-analysis.ts';
import type { ImagePyramid } from '../face/image-pyramid.ts';

/**
 * What was found on the way to a photo, as far as it got: prints and explanations are made from
 * it. Coordinates are pixels of the analysed picture, which `pyramid` holds.
 */
export type Trace = {
  reader?: SourceReader;
  pyramid?: ImagePyramid;
  face?: FaceAnalysis;
  subject?: Subject;
  placement?: Placement;
  frame?: WorkingFrame;
};
