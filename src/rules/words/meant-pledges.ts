import type { Meaning } from './meaning.ts'

/** Words that only pledges have. */
export const pledgeWords = {
  pledging:
    '承诺|承诺书|党员承诺|公开承诺|我的承诺|今年承诺|今年的承诺|年度承诺|亮承诺|践承诺|践诺|承诺践诺|做承诺|作承诺|做个承诺|pledge|pledges|my pledge|a pledge|annual pledge|yearly pledge|this year’s pledge|pledge of the year',
  pledgeReview:
    '审承诺|审诺|审核承诺|待审承诺|要审的承诺|审一下承诺|承诺审核|review pledges|review the pledges|pledges to review|pledges to look at',
  integrityPledge: '廉政承诺|廉政承诺书|廉洁承诺|我的廉政承诺|integrity pledge|integrity pledges|my integrity pledge',
  integrityCheck:
    '廉政检查|廉政承诺检查|检查廉政承诺|检查廉政|查廉政|查廉政承诺|廉洁检查|廉政自查|integrity check|check integrity|check the integrity pledges|check of integrity|check on integrity',
} as const

const takes =
  'what howMany ask period result write start add change where how mineOnly this all undone notYet whenAsked due yes hold member who'

export const pledging: Readonly<Record<string, Meaning>> = {
  pledge: {
    takes,
    frames: [
      'pledging',
      'pledging write',
      'pledging change',
      'pledging what/ask/where',
      'pledging how',
      'pledging result',
      'mineOnly pledging',
      'mineOnly pledging what/ask/where',
      'pledging whenAsked',
      'pledgeReview > 审',
      'pledgeReview what/ask/howMany > 审',
      'integrityPledge > 廉政',
      'integrityPledge write > 廉政',
      'integrityPledge what/ask/where > 廉政',
      'integrityPledge whenAsked > 廉政',
    ],
  },
  integrity: {
    takes,
    frames: [
      'integrityCheck',
      'integrityCheck start',
      'integrityCheck write',
      'integrityCheck what/ask/where',
      'integrityCheck how',
      'integrityCheck result',
      'integrityCheck whenAsked',
      'integrityCheck undone',
      'start integrityCheck',
    ],
  },
}
