import { HTTPModuleFunctions, HTTPReceiver, type App, type Logger, type Receiver } from '@slack/bolt'
import { createRecently } from './recently.ts'

/** Larger requests are not Slack's. */
const largestBody = '1mb'

/** Slack's clock may be ahead of ours by so much; Bolt refuses what is five minutes old, and nothing of the future. Milliseconds. */
const ahead = 60_000
/** Longer than any request with a signature is taken. */
const rememberedFor = 10 * 60_000

type HttpDoor = {
  readonly signingSecret: string
  readonly port: number
  readonly logger: Logger
  readonly now?: () => number
}

/**
 * Slack's requests over HTTP. Bolt checks signature and age; what it accepts is accepted once, and not long before its
 * time. Who else has heard a request that is sent again is not known here: the same words count once wherever they go.
 */
export function createHttpReceiver({ signingSecret, port, logger, now = Date.now }: HttpDoor): Receiver {
  const accepted = createRecently<true>(rememberedFor, now)
  const isToRefuse = (signature: string, signedAt: number): boolean => {
    if (signedAt - now() > ahead || accepted.get(signature) === true) return true
    accepted.set(signature, true)
    return false
  }
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ['/slack/events'],
    port,
    logger,
    bodyLimit: largestBody,
    customRoutes: [healthz],
    // Runs for requests that Slack signed, and for no others: nobody else fills the memory.
    customPropertiesExtractor: ({ headers }) => ({
      isRefused: isToRefuse(
        String(headers['x-slack-signature']),
        Number(headers['x-slack-request-timestamp']) * 1000,
      ),
    }),
    processEventErrorHandler: async (args) => {
      if (!(args.error instanceof RefusedRequest)) {
        return HTTPModuleFunctions.defaultProcessEventErrorHandler(args)
      }
      logger.warn(args.error.message)
      args.response.writeHead(401).end()
      return true
    },
  })
  return {
    init(app) {
      letNobodyPass(app)
      receiver.init(app)
    },
    start: (...where: Parameters<typeof receiver.start>) => receiver.start(...where),
    stop: () => receiver.stop(),
  }
}

class RefusedRequest extends Error {
  constructor() {
    super('A request that Slack signed came again, or before its time, and was refused.')
    this.name = 'RefusedRequest'
  }
}

/** Before any listener: one that was called would have to answer. */
function letNobodyPass(app: App): void {
  const process = app.processEvent.bind(app)
  app.processEvent = async (event) => {
    if (event.customProperties?.['isRefused'] === true) throw new RefusedRequest()
    await process(event)
  }
}

const healthz: NonNullable<ConstructorParameters<typeof HTTPReceiver>[0]['customRoutes']>[number] = {
  path: '/healthz',
  method: 'GET',
  handler: (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.end('ok\n')
  },
}
