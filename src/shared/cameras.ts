import { z } from 'zod';

/**
 * Which camera a task uses. The label leads: a browser salts its ids anew with every profile.
 * `place`: among the cameras of that label, counted from 0.
 */
export const cameraChoice = z
  .object({
    label: z.string().min(1).max(500),
    deviceId: z.string().min(1).max(200),
    place: z.int().min(0).max(99),
  })
  .strict();
export type CameraChoice = z.infer<typeof cameraChoice>;

export const cameraTask = z.enum(['scan', 'portrait']);
export type CameraTask = z.infer<typeof cameraTask>;
