/** Graph without Hallpass: what a script of two lines would call. */
export type DirectGraph = {
  /** Makes a pass; answers its id. */
  readonly makePass: (user: string) => Promise<string>
  readonly deletePass: (user: string, id: string) => Promise<void>
}

/** Gets a token once, so that it is no part of what is measured. */
export async function openGraph(
  graphUrl: string,
  authorityUrl: string,
  env: Readonly<Record<string, string>>,
): Promise<DirectGraph> {
  const granted = await fetch(`${authorityUrl}/${env['ENTRA_TENANT_ID']}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env['ENTRA_CLIENT_ID'] ?? '',
      client_secret: env['ENTRA_CLIENT_SECRET'] ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token: bearer } = (await granted.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
  const passes = (user: string): string =>
    `${graphUrl}/users/${user}/authentication/temporaryAccessPassMethods`
  return {
    async makePass(user) {
      const body = JSON.stringify({ lifetimeInMinutes: 60, isUsableOnce: true })
      const made = await fetch(passes(user), { method: 'POST', headers, body })
      const { id } = (await made.json()) as { id?: string }
      if (id === undefined) throw new Error(`No pass was made: ${made.status}.`)
      return id
    },
    async deletePass(user, id) {
      const { status } = await fetch(`${passes(user)}/${id}`, { method: 'DELETE', headers })
      if (status !== 204) throw new Error(`The pass was not deleted: ${status}.`)
    },
  }
}
