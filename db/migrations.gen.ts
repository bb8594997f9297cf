/* Made by db/migrations/bundle.ts from the SQL beside it: run `npm run db:generate`, never edit. */
export interface Migration {
  tag: string
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
  {
    "tag": "0000_people_gatherings_outbox",
    "statements": [
      "CREATE TABLE `alerts` (\n\t`branch` text NOT NULL,\n\t`part` text NOT NULL,\n\t`period` text NOT NULL,\n\t`step` integer NOT NULL,\n\t`person` text NOT NULL,\n\t`told_on` text NOT NULL,\n\tPRIMARY KEY(`branch`, `part`, `period`, `step`, `person`),\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `arrivals` (\n\t`gathering` text NOT NULL,\n\t`member` text NOT NULL,\n\t`standing` text NOT NULL,\n\t`at` integer NOT NULL,\n\t`way` text NOT NULL,\n\t`by` text NOT NULL,\n\tPRIMARY KEY(`gathering`, `member`),\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `expectations` (\n\t`gathering` text NOT NULL,\n\t`member` text NOT NULL,\n\t`votes` integer NOT NULL,\n\tPRIMARY KEY(`gathering`, `member`),\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `leaves` (\n\t`gathering` text NOT NULL,\n\t`member` text NOT NULL,\n\t`reason` text NOT NULL,\n\t`asked_at` integer NOT NULL,\n\t`confirmed_by` text,\n\t`confirmed_at` integer,\n\tPRIMARY KEY(`gathering`, `member`),\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `audit` (\n\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`at` integer NOT NULL,\n\t`unit` text NOT NULL,\n\t`actor` text NOT NULL,\n\t`deed` text NOT NULL,\n\t`subject` text NOT NULL\n);",
      "CREATE INDEX `audit_by_subject` ON `audit` (`subject`);",
      "CREATE TABLE `chats` (\n\t`chat_id` text PRIMARY KEY NOT NULL,\n\t`unit` text NOT NULL,\n\t`branch` text,\n\t`group_id` text,\n\t`committee` text,\n\t`bound_by` text NOT NULL,\n\t`bound_at` integer NOT NULL,\n\tFOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,\n\tCONSTRAINT \"chats_one_owner\" CHECK((branch is not null) + (committee is not null) + (group_id is not null) = 1)\n);",
      "CREATE INDEX `chats_by_branch` ON `chats` (`branch`);",
      "CREATE INDEX `chats_by_committee` ON `chats` (`committee`);",
      "CREATE TABLE `claim_codes` (\n\t`hash` text PRIMARY KEY NOT NULL,\n\t`made_at` integer NOT NULL\n);",
      "CREATE TABLE `deliveries` (\n\t`event_id` text PRIMARY KEY NOT NULL,\n\t`message_id` text,\n\t`at` integer NOT NULL\n);",
      "CREATE UNIQUE INDEX `deliveries_messageId_unique` ON `deliveries` (`message_id`);",
      "CREATE TABLE `agenda_items` (\n\t`gathering` text NOT NULL,\n\t`position` integer NOT NULL,\n\t`words` text NOT NULL,\n\t`tags` text NOT NULL,\n\tPRIMARY KEY(`gathering`, `position`),\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `cancellations` (\n\t`gathering` text PRIMARY KEY NOT NULL,\n\t`at` integer NOT NULL,\n\t`by` text NOT NULL,\n\t`reason` text NOT NULL,\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `closures` (\n\t`gathering` text PRIMARY KEY NOT NULL,\n\t`at` integer NOT NULL,\n\t`by` text NOT NULL,\n\t`expected` integer NOT NULL,\n\t`present` integer NOT NULL,\n\t`expected_voters` integer NOT NULL,\n\t`present_voters` integer NOT NULL,\n\t`is_quorate` integer NOT NULL,\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `decisions` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`gathering` text NOT NULL,\n\t`words` text NOT NULL,\n\t`owner` text,\n\t`due_on` text,\n\t`done_at` integer,\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `decisions_by_gathering` ON `decisions` (`gathering`);",
      "CREATE TABLE `gathering_branches` (\n\t`gathering` text NOT NULL,\n\t`branch` text NOT NULL,\n\tPRIMARY KEY(`gathering`, `branch`),\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `gathering_branches_by_branch` ON `gathering_branches` (`branch`);",
      "CREATE TABLE `gatherings` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`branch` text NOT NULL,\n\t`group_id` text,\n\t`kind` text NOT NULL,\n\t`place` text NOT NULL,\n\t`starts_at` integer NOT NULL,\n\t`ends_at` integer NOT NULL,\n\t`called_by` text NOT NULL,\n\t`called_at` integer NOT NULL,\n\t`room_secret` text,\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`called_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `gatherings_by_branch` ON `gatherings` (`branch`,`starts_at`);",
      "CREATE INDEX `gatherings_by_end` ON `gatherings` (`ends_at`);",
      "CREATE TABLE `minutes` (\n\t`gathering` text PRIMARY KEY NOT NULL,\n\t`words` text NOT NULL,\n\t`confirmed_by` text,\n\t`confirmed_at` integer,\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `reopenings` (\n\t`gathering` text NOT NULL,\n\t`at` integer NOT NULL,\n\t`by` text NOT NULL,\n\t`reason` text NOT NULL,\n\tPRIMARY KEY(`gathering`, `at`),\n\tFOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE TABLE `job_runs` (\n\t`job` text NOT NULL,\n\t`slot` integer NOT NULL,\n\t`ran_at` integer NOT NULL,\n\t`is_late` integer NOT NULL,\n\tPRIMARY KEY(`job`, `slot`)\n);",
      "CREATE TABLE `leases` (\n\t`name` text PRIMARY KEY NOT NULL,\n\t`holder` text NOT NULL,\n\t`until` integer NOT NULL\n);",
      "CREATE TABLE `members` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`unit` text NOT NULL,\n\t`branch` text,\n\t`group_id` text,\n\t`open_id` text,\n\t`union_id` text,\n\t`name` text NOT NULL,\n\t`stage` text,\n\t`applied_on` text,\n\t`activist_on` text,\n\t`prospect_on` text,\n\t`probationer_on` text,\n\t`full_on` text,\n\t`away_since` text,\n\t`joined_on` text NOT NULL,\n\t`left_on` text,\n\t`added_at` integer NOT NULL,\n\tFOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE UNIQUE INDEX `members_one_person` ON `members` (`unit`,`open_id`) WHERE left_on is null;",
      "CREATE INDEX `members_by_branch` ON `members` (`branch`);",
      "CREATE TABLE `outbox` (\n\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`occasion` text NOT NULL,\n\t`lane` integer NOT NULL,\n\t`due_at` integer NOT NULL,\n\t`to_kind` text NOT NULL,\n\t`to_id` text NOT NULL,\n\t`recipient` text NOT NULL,\n\t`view` text NOT NULL,\n\t`args` text NOT NULL,\n\t`unasked` integer DEFAULT false NOT NULL,\n\t`state` text DEFAULT 'waiting' NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`attempts` integer DEFAULT 0 NOT NULL,\n\t`tried_at` integer,\n\t`unsure_since` integer,\n\t`outcome` text,\n\t`message_id` text,\n\t`sent_at` integer\n);",
      "CREATE UNIQUE INDEX `outbox_occasion_unique` ON `outbox` (`occasion`);",
      "CREATE INDEX `outbox_waiting` ON `outbox` (`lane`,`due_at`) WHERE state = 'waiting';",
      "CREATE INDEX `outbox_tried` ON `outbox` (`tried_at`);",
      "CREATE TABLE `posts` (\n\t`message_id` text PRIMARY KEY NOT NULL,\n\t`recipient` text NOT NULL,\n\t`view` text NOT NULL,\n\t`subject` text NOT NULL,\n\t`args` text NOT NULL,\n\t`posted_at` integer NOT NULL\n);",
      "CREATE INDEX `posts_by_subject` ON `posts` (`subject`);",
      "CREATE TABLE `unreachable` (\n\t`recipient` text PRIMARY KEY NOT NULL,\n\t`since` integer NOT NULL,\n\t`code` text NOT NULL\n);",
      "CREATE TABLE `seats` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`member` text NOT NULL,\n\t`role` text NOT NULL,\n\t`branch` text,\n\t`committee` text,\n\t`group_id` text,\n\t`from_at` integer NOT NULL,\n\t`until_at` integer,\n\tFOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,\n\tCONSTRAINT \"seats_one_place\" CHECK((branch is not null) + (committee is not null) + (group_id is not null) <= 1)\n);",
      "CREATE INDEX `seats_by_member` ON `seats` (`member`);",
      "CREATE INDEX `seats_by_branch` ON `seats` (`branch`);",
      "CREATE TABLE `branches` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`unit` text NOT NULL,\n\t`committee` text NOT NULL,\n\t`name` text NOT NULL,\n\t`kind` text DEFAULT 'staff' NOT NULL,\n\t`since` text NOT NULL,\n\t`term_started_on` text,\n\t`term_years` integer DEFAULT 3 NOT NULL,\n\t`contact_point` text,\n\tFOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `branches_by_committee` ON `branches` (`committee`);",
      "CREATE TABLE `committees` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`unit` text NOT NULL,\n\t`parent` text,\n\t`name` text NOT NULL,\n\t`rulebook` text,\n\tFOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,\n\tFOREIGN KEY (`parent`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,\n\tCONSTRAINT \"committees_not_own_parent\" CHECK(\"committees\".\"parent\" is not \"committees\".\"id\")\n);",
      "CREATE INDEX `committees_by_parent` ON `committees` (`parent`);",
      "CREATE TABLE `groups` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`branch` text NOT NULL,\n\t`name` text NOT NULL,\n\tFOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action\n);",
      "CREATE INDEX `groups_by_branch` ON `groups` (`branch`);",
      "CREATE TABLE `units` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`tenant_key` text NOT NULL,\n\t`name` text NOT NULL,\n\t`language` text DEFAULT 'zh' NOT NULL\n);",
      "CREATE UNIQUE INDEX `units_tenantKey_unique` ON `units` (`tenant_key`);"
    ]
  },
  {
    "tag": "0001_invariants",
    "statements": [
      "-- What no two presses at once, no job and no later code may break. The deeds read the words and refuse in words of their own.\nCREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'constraint: audit is append-only'); END;",
      "CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'constraint: audit is append-only'); END;",
      "-- After the close nobody checks in; the host may still enter people for 24 hours.\nCREATE TRIGGER arrivals_until_close BEFORE INSERT ON arrivals\nWHEN NEW.way <> 'mark' AND EXISTS (SELECT 1 FROM closures c WHERE c.gathering = NEW.gathering)\nBEGIN SELECT RAISE(ABORT, 'constraint: arrivals closed'); END;",
      "CREATE TRIGGER arrivals_until_lock BEFORE INSERT ON arrivals\nWHEN EXISTS (SELECT 1 FROM closures c WHERE c.gathering = NEW.gathering AND c.at + 86400000 <= NEW.at)\nBEGIN SELECT RAISE(ABORT, 'constraint: attendance locked'); END;",
      "-- A close judges a headcount; if somebody arrived between the look and the close, it judges again.\nCREATE TRIGGER closures_count_everybody BEFORE INSERT ON closures\nWHEN NEW.present <> (SELECT count(*) FROM expectations e JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member WHERE e.gathering = NEW.gathering)\nBEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;",
      "CREATE TRIGGER closures_count_marks BEFORE UPDATE ON closures\nWHEN NEW.present <> (SELECT count(*) FROM expectations e JOIN arrivals a ON a.gathering = e.gathering AND a.member = e.member WHERE e.gathering = NEW.gathering)\nBEGIN SELECT RAISE(ABORT, 'constraint: headcount moved'); END;",
      "CREATE UNIQUE INDEX seats_held_once ON seats (member, role, coalesce(branch, committee, group_id, '')) WHERE until_at IS NULL;"
    ]
  }
]
