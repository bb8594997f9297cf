import * as attest from './attest.ts'
import * as digest from './digest.ts'
import * as quiet from './quiet.ts'
import * as standard from './standard.ts'
import * as whatIf from './what-if.ts'

export const dutiesCards = [attest, digest, quiet, standard, whatIf]
