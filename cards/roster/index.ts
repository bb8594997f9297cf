import * as bind from './bind.ts'
import * as exclusion from './exclusion.ts'
import * as group from './group.ts'
import * as groupPeople from './group-people.ts'
import * as groups from './groups.ts'
import * as leaving from './leaving.ts'
import * as ownGroup from './own-group.ts'
import * as people from './people.ts'
import * as person from './person.ts'
import * as place from './place.ts'
import * as proposals from './proposals.ts'
import * as roles from './roles.ts'
import * as roster from './roster.ts'
import * as seats from './seats.ts'
import * as stage from './stage.ts'
import * as suspension from './suspension.ts'
import * as undo from './undo.ts'

export const rosterCards = [
  bind,
  exclusion,
  group,
  groupPeople,
  groups,
  leaving,
  ownGroup,
  people,
  person,
  place,
  proposals,
  roles,
  roster,
  seats,
  stage,
  suspension,
  undo,
]
