/** Every sentence that people read, in English: another language is another file like this. */
export { answerText, helpCardText } from './en/answers.ts'
export { approvalText, requesterText } from './en/approval.ts'
export { caseCardText, caseListText, whatLabels } from './en/cases.ts'
export { caseAnswerText, signalWords } from './en/case-answers.ts'
export { caseFormText } from './en/case-forms.ts'
export {
  caseAlarmText,
  caseDoneText,
  caseReporterText,
  caseSubjectText,
  caseThreadText,
} from './en/case-messages.ts'
export { caseTerminalText } from './en/case-terminal.ts'
export { codeText, helpText } from './en/code.ts'
export { codeMessageText } from './en/code-message.ts'
export { commandText } from './en/commands.ts'
export { moreTimeFor } from './en/extensions.ts'
export { followUpText } from './en/follow-up.ts'
export {
  approveFormText,
  denyFormText,
  draftProblemText,
  requestFormText,
  extendFormText,
  revokeFormText,
} from './en/forms.ts'
export { kindWords, sampleId } from './en/kinds.ts'
export {
  buttonLabels,
  categoryLabels,
  checkLabels,
  modalTitles,
  outcomeWords,
  serviceNames,
} from './en/labels.ts'
export { manifestText } from './en/manifest.ts'
export { alarmText, noticeText } from './en/notices.ts'
export { nameless } from './en/people.ts'
export { directRevocationText, revocationLine } from './en/revocations.ts'
export { afterUse, reasonLine, standing, endingNow, endings, storyLines, whyLine } from './en/story.ts'
export { subjectText } from './en/subject.ts'
export { systemText } from './en/system.ts'
export { activitySummaries, timerSummaries, workflowSummary } from './en/summaries.ts'
export { wayOf, type Opens } from './en/ways.ts'
