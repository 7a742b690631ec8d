/** One spelling for a user name, as directories compare them: limits, locks and checks all mean the same user. */
export function userNameKey(userName: string): string {
  return userName.trim().normalize('NFC').toLowerCase()
}
