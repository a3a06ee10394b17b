import { album } from './album';
import { camera } from './camera';
import { login } from './login';
import { network } from './network';
import { pay } from './pay';
import { phone } from './phone';
import type { Platform } from './ports.ts';
import { scan } from './scan';
import { storage } from './storage';

/** The platform that this build is for: the bundler resolves each import by its suffix. */
export const platform: Platform = { login, camera, scan, pay, album, storage, network, phone };
