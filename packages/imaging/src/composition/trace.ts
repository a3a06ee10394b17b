import type { SourceReader } from '../decode/source-reader.ts';
import type { FaceAnalysis } from '../face/face-analysis.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { WorkingFrame } from './frame.ts';
import type { Placement } from './placement.ts';
import type { Subject } from './subject.ts';

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
