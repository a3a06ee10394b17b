import { fail, ok, type Result } from '@gradshot/domain';
import type { CommandPayload, CommandResponse } from '../../shared/index.ts';
import { pictureType } from './session/picture-type.ts';
import type { SessionState } from './session/state.ts';
import { readPicture } from './store/photo-ledger.ts';
import type { Store } from './store/store.ts';
import { storing } from './store/store-failure.ts';
import type { ServerLink } from './sync/server-link.ts';

type Request = CommandPayload<'picture.read'>;
type Picture = CommandResponse<'picture.read'>;

/** Pictures of the present visit, for the screen. Every look is recorded. */
export async function readSessionPicture(
  { store, link, state }: { store: Store; link: ServerLink; state: SessionState },
  request: Request,
): Promise<Result<Picture>> {
  if (photoOnScreen(state) !== request.photoId) return fail('photo.notFound');
  const logged = await storing(async () => {
    store.events.record('picture.read', { ...request, step: state.view.step });
    return ok(null);
  });
  if (!logged.ok) return logged;
  if (state.picture && request.kind === 'original') return typed(state.picture);
  const local = await readPicture(store, request.photoId, request.kind);
  if (local.ok) return typed(local.value);
  return request.kind === 'standard' ? fromServer(link, state, request.photoId) : local;
}

/** Exhaustive: of a new step somebody must say whether it shows a photo. */
function photoOnScreen({ view }: SessionState): string | undefined {
  switch (view.step) {
    case 'reviewShot':
    case 'kept':
    case 'judging':
    case 'judged':
      return view.shot.photoId;
    case 'handedIn':
      return view.photoId;
    case 'welcome':
    case 'scanCode':
    case 'identify':
    case 'verify':
    case 'orders':
    case 'orderDetail':
    case 'service':
    case 'payment':
    case 'requirements':
    case 'camera':
      return undefined;
  }
}

function typed(data: Uint8Array): Result<Picture> {
  const type = pictureType(data);
  return type ? ok({ type, data: new Uint8Array(data) }) : fail('photo.unreadable');
}

/** Its copy here is deleted already; the server writes the look into its own log. */
async function fromServer(
  link: ServerLink,
  { view, token }: SessionState,
  photoId: string,
): Promise<Result<Picture>> {
  if (view.step !== 'handedIn' || token === undefined) return fail('photo.notFound');
  const params = { orderId: view.order.orderId, photoId };
  const authorization = `Bearer ${token}`;
  const got = await link.asStation((client) =>
    client.call('getStandardPhoto', { params }, { authorization }),
  );
  return got.ok ? typed(got.value) : got;
}
