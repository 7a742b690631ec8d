/** Something that Slack sends over a socket, by Slack's name of it. */
export type Envelope = {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
  /** Acknowledges it, with a body where Slack takes one. Rejects when the connection is gone. */
  readonly answer: (body?: unknown) => Promise<void>
}

/** Slack's requests over a connection that we open, instead of an address that Slack reaches. */
export type SlackSocket = {
  /** Resolves once Slack has said hello; rejects with a Fault. From then on connections follow each other by themselves. */
  open(hear: (envelope: Envelope) => Promise<void>): Promise<void>
  /** Whether Slack can reach us now. */
  isOpen(): boolean
  /** Rejects with a Fault when Slack gives no new connection any more. */
  readonly lost: Promise<never>
  close(): Promise<void>
}
