import type { ApplicationName } from '../settings/entra-applications.ts'

/** An application permission of Microsoft Graph that Hallpass needs. */
export type Need = {
  readonly permission: string
  /** Whose work needs it. */
  readonly by: readonly ApplicationName[]
  /** What does not work without it. */
  readonly without: string
  /** Without it a person does that step, and everything else works. */
  readonly spare?: true
  /** Permissions that allow the same, and more than that. */
  readonly wider: readonly string[]
}

/** The least that Hallpass needs, each with what fails without it. */
export const needs: readonly Need[] = [
  {
    permission: 'User.Read.All',
    by: ['reader', 'responder'],
    without: 'nobody is found in the directory, and no request is taken',
    wider: ['Directory.Read.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  {
    permission: 'GroupMember.Read.All',
    by: ['reader'],
    without: 'nobody is known to be of helpdesk or security, and every request is refused',
    wider: ['Group.Read.All', 'Directory.Read.All', 'GroupMember.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  {
    permission: 'RoleManagement.Read.Directory',
    by: ['reader'],
    without: 'it is not known who is an administrator, and every request is refused',
    wider: ['Directory.Read.All', 'RoleManagement.ReadWrite.Directory'],
  },
  {
    permission: 'UserAuthenticationMethod.Read.All',
    by: ['reader'],
    without: 'it is not seen whether a pass was used and a new method registered',
    wider: ['UserAuthenticationMethod.ReadWrite.All'],
  },
  {
    permission: 'Policy.Read.AuthenticationMethod',
    by: ['reader'],
    without: 'it is not known how long a pass may live, and every /tap is refused',
    wider: ['Policy.Read.All', 'Policy.ReadWrite.AuthenticationMethod'],
  },
  {
    permission: 'IdentityRiskEvent.Read.All',
    by: ['reader'],
    without: 'sign-ins that users report to Microsoft open no case',
    spare: true,
    wider: ['IdentityRiskEvent.ReadWrite.All'],
  },
  {
    permission: 'UserAuthMethod-TAP.ReadWrite.All',
    by: ['issuer'],
    without: 'no pass can be made or taken back',
    wider: ['UserAuthenticationMethod.ReadWrite.All'],
  },
  {
    permission: 'User.EnableDisableAccount.All',
    by: ['responder'],
    without: 'in a case of fraud a person has to block the account',
    spare: true,
    wider: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  {
    permission: 'User.RevokeSessions.All',
    by: ['responder'],
    without: 'nobody is signed out, neither after a revoked pass nor in a case of fraud',
    spare: true,
    wider: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  {
    permission: 'IdentityRiskyUser.ReadWrite.All',
    by: ['responder'],
    without: 'ID Protection does not hear that an account is in other hands',
    spare: true,
    wider: [],
  },
]

/** What somebody could do who gets hold of an application with it: none of ours may have these. */
export const takeover: Readonly<Record<string, string>> = {
  'RoleManagement.ReadWrite.Directory': 'can make anybody a Global Administrator, itself included',
  'AppRoleAssignment.ReadWrite.All': 'can give itself every other permission',
  'Application.ReadWrite.All': 'can sign in as any application of the tenant',
  'Directory.ReadWrite.All': 'can change people and groups, those of the policy included',
  'Group.ReadWrite.All': 'can put anybody into the groups that the policy names',
  'GroupMember.ReadWrite.All': 'can put anybody into the groups that the policy names',
  'Policy.ReadWrite.AuthenticationMethod': 'can switch passes on for those whom the tenant excludes',
  'User.ReadWrite.All': 'can change everybody who is no administrator',
  'UserAuthenticationMethod.ReadWrite.All': 'can add and delete every sign-in method of anybody',
  'User-PasswordProfile.ReadWrite.All': 'can set the password of anybody who is no administrator',
  'PrivilegedAccess.ReadWrite.AzureADGroup': 'can put anybody into privileged groups',
}

/** What another application than the one for it must not have, and what it could do with that. */
export const apart: Readonly<Record<string, string>> = {
  'UserAuthMethod-TAP.ReadWrite.All': 'can make a pass for anybody',
  'User.EnableDisableAccount.All': 'can lock anybody out',
  'User.RevokeSessions.All': 'can sign anybody out',
  'IdentityRiskyUser.ReadWrite.All': 'can have anybody blocked by ID Protection',
}
