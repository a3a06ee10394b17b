type UrlParts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
};

/** The address of a route: `:name` filled from `params`, `query` appended, all percent-encoded. */
export function routeUrl(
  baseUrl: string,
  route: { readonly path: string },
  parts: UrlParts,
): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = parts.params?.[name];
    if (value === undefined) throw new Error(`${route.path} needs the parameter ${name}`);
    return encodeURIComponent(String(value));
  });
  return `${baseUrl.replace(/\/+$/, '')}${path}${queryOf(parts.query ?? {})}`;
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}
