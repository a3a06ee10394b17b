const DATABASE = 'gradshot';
const STORE = 'pictures';

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Runs one action in a transaction of its own and waits until it is written. */
async function inTransaction<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** False when the browser has no room left or keeps nothing (private mode). */
export async function keepBlob(id: string, blob: Blob): Promise<boolean> {
  try {
    await inTransaction('readwrite', (store) => store.put(blob, id));
    return true;
  } catch {
    return false;
  }
}

export async function findBlob(id: string): Promise<Blob | undefined> {
  try {
    return (
      (await inTransaction<Blob | undefined>('readonly', (store) => store.get(id))) ?? undefined
    );
  } catch {
    return undefined;
  }
}

/** Dropping what is not there is fine. */
export async function dropBlob(id: string): Promise<void> {
  await inTransaction('readwrite', (store) => store.delete(id)).catch(() => undefined);
}
