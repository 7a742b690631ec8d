/** What a provider can do instead of answering. */
export const misbehaviours = [
  ['429', { do: 'status', status: 429, headers: { 'retry-after': '1' } }],
  ['500', { do: 'status', status: 500, body: { error: { code: 'oops' } } }],
  ['nonsense', { do: 'nonsense', body: '{"not": "what was asked for"' }],
  ['a cut connection', { do: 'drop' }],
] as const
