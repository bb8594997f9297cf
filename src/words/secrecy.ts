import { type Text, t } from '../text.ts'

/** Tells a voter in plain words how the vote stays secret. `isOurs` is true when the store is a file of ours, which can be wiped. */
export const secrecyParts = (isOurs: boolean): { title: Text; says: Text[] }[] => [
  {
    title: t('怎么做', 'What is done'),
    says: [
      t(
        '谁投了票，记在一处；投了什么，记在另一处。两处之间没有任何联系：没有姓名、时间、顺序、设备。',
        'Who has voted is kept in one place, what was chosen in another. Nothing joins the two: no name, time, order or device.',
      ),
      t(
        '选票收到时立即密封，每一项分开封、分开放；光凭数据库打不开，开箱的密钥不在里面，结束前机器人也不打开。',
        'A vote is sealed as it arrives, each mark by itself and kept by itself. The database alone does not open it: the key to that is not in it, and the bot does not use it before the close.',
      ),
      t(
        '结束时一次打开、打乱、计数，只留下票数；密封的选票和钥匙随即销毁。',
        'At the close all are opened at once, mixed and counted. Only the figures stay; the sealed votes and the key are destroyed.',
      ),
      ...(isOurs
        ? [
            t(
              '投票期间每分钟把收到的选票打乱重放，并清空数据库的日志：光有机器人的密钥和复制的一份数据库文件，猜不出一分钟以前的票是谁投的。',
              'While votes arrive they are mixed and put back once a minute, and the database’s journal is emptied. The bot’s key and one copy of the files then do not tell whose a vote is that came more than a minute before.',
            ),
          ]
        : []),
      isOurs
        ? t(
            '数据库文件随后重写一遍（很大的在当天夜里），删掉的内容不留痕迹。',
            'The database file is then rewritten (a very large one that night), so that nothing of what was deleted is left in it.',
          )
        : t(
            '数据库在另外的服务器上：选票从库里删除，但那台服务器自己的文件和备份里可能还留有密封的副本，没有机器人的密钥打不开。',
            'The database is on a server of somebody else’s: the votes are deleted from it, but its own files and backups may keep sealed copies, which do not open without the bot’s key.',
          ),
    ],
  },
  {
    title: t('对谁保密', 'From whom'),
    says: [
      t(
        '书记、支委、上级、管理员，能看数据库、备份、日志、导出文件的人，都看不到谁投了什么。',
        'Secretary, committee, upper level, administrators, and whoever can read the database, its backups, logs or exports: none of them sees who chose what.',
      ),
      t(
        '人太少、说出票数就等于说出是谁投的，票数就不公布，也不保存：会外的无记名投票至少 3 人投，选人来投的至少 5 人；会上的表决和选举，不论多少人投，票数都公布，不足 5 人时选票上会提醒。',
        'Where so few voted that figures would tell, no figures are told or kept: outside a meeting fewer than 3, or fewer than 5 where the voters were chosen. Resolutions and elections in a meeting announce theirs however few voted, and below 5 the ballot warns of it.',
      ),
      t('结束前只有投票人数，没有任何票数。', 'Before the close there is a turnout, and no count of any kind.'),
    ],
  },
  {
    title: t('群众凭码投票', 'Staff and the public, by code'),
    says: [
      t(
        '没有飞书账号的职工群众，凭纸条上的码在网页上评议。码随机生成，只能用一次；系统只存校验值，不记谁拿了哪个。',
        'Staff and the public, who have no account, grade on a web page by a code from a slip. Codes are random and good for one vote; only a hash is kept, and nobody notes who got which.',
      ),
      t(
        '用过的码和投了什么也没有联系。群众的票单独计数，不和党员的票相加；不足 5 人不公布。',
        'Nothing joins a code that was used to what was chosen. These votes are counted apart and never added to the members’; with fewer than five no figures are told.',
      ),
    ],
  },
  {
    title: t('怎么核对', 'How to check'),
    says: [
      t(
        '投票后得到一个回执，只显示一次。结束后公布全部回执：找到自己的，说明这一票计入了；它不说明投了什么。',
        'After voting you get a receipt, shown once. All receipts are published after the close: finding yours shows that your vote was counted, not how you voted.',
      ),
      t(
        '票数必须和投票人数完全对上，对不上就作废、不公布：选票原样锁着供核查，管理员核查完再销毁。打不开或不合本题的小片，其余都对得上时不计入，并写明有几片。',
        'The figures must agree with the turnout in full, or the ballot is void and nothing is told: its pieces stay locked for an inquiry, after which an administrator has them destroyed. Pieces that do not open, or are no mark of the question, are left out where all else agrees, and it is said how many.',
      ),
    ],
  },
  {
    title: t('防不了什么', 'What it does not protect against'),
    says: [
      t(
        '你按下的那一刻，控制着服务器或飞书平台的人。',
        'Somebody who controls the running server, or the Feishu platform, at the moment you press.',
      ),
      isOurs
        ? t(
            '既有机器人的密钥、又在投票期间复制了两次数据库文件的人（中间只有一票，就知道是谁投的什么），或者在你投票后一分钟内复制的人；能绕过机器人改动数据库的人。',
            'Somebody who has the bot’s key as well as two copies of the database files with one vote between them, or one that was made within a minute after your vote; or who can change the database behind the bot’s back.',
          )
        : t(
            '既有机器人的密钥、又能看到那台数据库服务器的文件或备份的人；能绕过机器人改动数据库的人。',
            'Somebody who has the bot’s key and can read the files or backups of that database server; or who can change the database behind the bot’s back.',
          ),
      t(
        '请求在路上是加密的，但看得到长短：只选一项的投票，各选项的请求一样长；要填表的（选多人、打分、写姓名），长短会有不同。',
        'Requests are encrypted on their way, but their length shows. Where one option is chosen all requests are equally long; forms (several people, scores, names) vary.',
      ),
      t(
        '发码的人见过全部的码：如果又记下谁拿了哪个，就可能知道谁投没投（看不出投了什么）；也可能自己用掉没发的码。所以发码的是没有发起、也不管理这次投票的人，结果卡片写明是谁、发了多少个。请混在一起抽。',
        'Whoever made the codes has seen them all: noting who got which, they might learn who took part (not what was chosen), and they could use codes that were not handed out. They are therefore made by somebody who neither opened nor runs the ballot, and the result card says who and how many. Let people draw them mixed.',
      ),
      t('站在你身后的人，或者你自己截的图。', 'Somebody who looks over your shoulder, or a screenshot of your own.'),
      t('所有人投得一样时，结果本身就说明了每个人的选择。', 'If everybody chose the same, the result itself says how each of them voted.'),
      t(
        '互评时不评自己，所以从某人得票的总数看得出他本人投没投（看不出投了什么）。',
        'Nobody marks themselves, so the sum of a person’s marks shows whether that person took part (not what they chose).',
      ),
    ],
  },
]
