import * as attest from './attest.ts'
import * as committeeExcuse from './committee-excuse.ts'
import * as digest from './digest.ts'
import * as none from './none.ts'
import * as quiet from './quiet.ts'
import * as standard from './standard.ts'
import * as term from './term.ts'
import * as todo from './todo.ts'
import * as whatIf from './what-if.ts'

export const dutiesCards = [attest, committeeExcuse, digest, none, quiet, standard, term, todo, whatIf]
