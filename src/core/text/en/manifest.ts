/** What people read of the app itself: in Slack's directory of apps, and where they type a command. */
export const manifestText = {
  name: 'Hallpass',
  about: 'Asks a second person before somebody gets past MFA, shows the code once, and forgets nothing.',
  commands: {
    tap: {
      about: 'Ask for a Temporary Access Pass for a colleague',
      usage: '@user 1h [INC123] reason, or: extend, list, status, revoke, help',
    },
    bypass: {
      about: 'Ask for a one-time bypass for a colleague',
      usage: '@user 300s [for vpn] [INC123] reason, or: extend, list, status, revoke, help',
    },
    fraud: {
      about: 'Report a sign-in, a pass or a call that was not yours',
      usage: '[@user what happened], or: list, status, note, close, help',
    },
  },
} as const
