import * as bind from './bind.ts'
import * as groups from './groups.ts'
import * as people from './people.ts'
import * as person from './person.ts'
import * as proposals from './proposals.ts'
import * as roles from './roles.ts'
import * as roster from './roster.ts'

export const rosterCards = [bind, groups, people, person, proposals, roles, roster]
