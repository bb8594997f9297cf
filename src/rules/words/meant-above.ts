import type { Meaning } from './meaning.ts'

const questions = 'what howMany ask period result'

/** The words for committees and administrators, and for beginning. */
export const above: Readonly<Record<string, Meaning>> = {
  review: {
    takes: `${questions} write start open wait undone mineOnly $quarter whenAsked due score all next how period where other task lose closed wrong`,
    frames: [
      'review > {quarter}',
      'review write > {quarter}',
      'review what/ask/whenAsked/due/result > {quarter}',
      'review score > {quarter}',
      'review undone > {quarter}',
      'appeal',
      'appeal write',
      'appeal score',
      'appeal review',
      'appeal how',
      'appeal start',
      'appeal result',
      'appeal what/ask/whenAsked/due',
    ],
  },
  rules: {
    takes: `${questions} change score howMany $kind this where all how evidence start other task`,
    frames: [
      'rules',
      'rules change',
      'rules what/howMany/ask',
      'rules score',
      'rules $kind',
      'rules score change',
      'rules how',
      'rules task',
      'rules lose howMany',
    ],
  },
  holidays: {
    takes: `${questions} add change whenAsked date $when howMany all hold where write festival`,
    frames: [
      'holidays',
      'holidays what/whenAsked/howMany/ask',
      'holidays add',
      'holidays change',
      'holidays date',
      'festival date',
      'festival whenAsked',
      'festival holidays',
      'holidays write',
      'holidays roster',
      'holidays $when',
    ],
  },
  bind: {
    takes: `${questions} this start change add where remove whichBranch`,
    frames: [
      'bind',
      'bind this',
      'bind change',
      'bind what',
      'bind what this',
      'bind start',
      'bind remove',
      'bind cancel',
      'this whichBranch',
    ],
  },
  roles: {
    takes: `${questions} seat who add change start $person $whom this all remove change how mineOnly where`,
    frames: [
      'roles',
      'roles who',
      'roles add',
      'roles change',
      'roles what',
      'roles $person',
      'roles start $whom',
      'roles add $whom',
      'roles $whom',
      'roles add $person',
      'roles remove',
      'roles start',
    ],
  },
  claim: {
    takes: 'code what where how start this write notYet ask lose',
    frames: ['claim ?>', 'claim code ?>', 'claim roles ?>', 'claim how ?>', 'claim code where ?>', 'claim start ?>'],
  },
}
