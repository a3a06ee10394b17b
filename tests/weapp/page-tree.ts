/**
 * The node tree that Taro sends to a WeChat page through `setData`, in its own short names:
 * `nn` node name, `cn` children, `v` text, `cl` class, `uid` the element's id, `sid` Taro's own.
 */
export type TreeNode = {
  readonly nn?: string;
  readonly cn?: readonly TreeNode[];
  readonly v?: string;
  readonly cl?: string;
  readonly uid?: string;
  readonly sid?: string;
} & Readonly<Record<string, unknown>>;

/** Sets one path of `setData`, e.g. `root.cn.[0].cl`. */
export function applyPatch(data: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split(/\.+/);
  const last = keys.pop() ?? '';
  let at: Record<string, unknown> = data;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value;
}

/** All nodes, parents first. */
export function* nodesOf(node: TreeNode | undefined): Generator<TreeNode> {
  if (!node) return;
  yield node;
  for (const child of node.cn ?? []) yield* nodesOf(child);
}

/** Visible text of a node and everything in it. */
export function textOf(node: TreeNode | undefined): string {
  return [...nodesOf(node)].map(({ v }) => v ?? '').join('');
}

export function findById(root: TreeNode | undefined, id: string): TreeNode | undefined {
  return [...nodesOf(root)].find(({ uid }) => uid === id);
}
