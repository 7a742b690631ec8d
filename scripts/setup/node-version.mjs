const oldest = [20, 19]

/** One sentence that says what is wrong with this version of Node, or nothing when it will do. */
export function complaintAboutNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const newEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
  if (newEnough) return undefined
  return `Hallpass needs Node ${oldest.join('.')} or newer and this is Node ${version}: install a newer one from https://nodejs.org.`
}
