CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`standard` integer NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`answer` text,
	`is_upheld` integer,
	`answered_by` text,
	`answered_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_once` ON `appeals` (`branch`,`quarter`,`standard`);--> statement-breakpoint
CREATE TABLE `assessment_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`by` text NOT NULL,
	`made_at` integer NOT NULL,
	`quarter` text NOT NULL,
	`changes` text NOT NULL,
	`wrong` text NOT NULL,
	`judged` integer NOT NULL,
	`saved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assessment_drafts_file_unique` ON `assessment_drafts` (`file`);--> statement-breakpoint
CREATE INDEX `assessment_drafts_by_time` ON `assessment_drafts` (`made_at`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`committee` text NOT NULL,
	`quarter` text NOT NULL,
	`opened_at` integer NOT NULL,
	`self_until` text NOT NULL,
	`review_until` text NOT NULL,
	`published_at` integer,
	`published_by` text,
	`appeals_until` text,
	`closing_at` integer,
	`closed_at` integer,
	`closed_by` text,
	PRIMARY KEY(`committee`, `quarter`),
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `last_twice` (
	`branch` text NOT NULL,
	`year` text NOT NULL,
	`opened_at` integer NOT NULL,
	`is_adjusted` integer,
	`reason` text,
	`on_day` text,
	`closed_by` text,
	`closed_at` integer,
	PRIMARY KEY(`branch`, `year`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `results` (
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`committee` text NOT NULL,
	`tenths` integer,
	`weight_asked` integer NOT NULL,
	`place` integer,
	`is_last` integer NOT NULL,
	`account` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`branch`, `quarter`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `results_by_committee` ON `results` (`committee`,`quarter`);--> statement-breakpoint
CREATE TABLE `self_assessments` (
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`submitted_by` text NOT NULL,
	`submitted_at` integer NOT NULL,
	PRIMARY KEY(`branch`, `quarter`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `supports` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`helper` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text,
	`outcome_by` text,
	`outcome_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`helper`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outcome_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `supports_by_branch` ON `supports` (`branch`);--> statement-breakpoint
CREATE TABLE `work_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`period` text NOT NULL,
	`heard_on` text NOT NULL,
	`commentary` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_reports_once` ON `work_reports` (`branch`,`period`);--> statement-breakpoint
CREATE TABLE `ballot_cancellations` (
	`ballot` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ballot_closures` (
	`ballot` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ballot_codes` (
	`ballot` text NOT NULL,
	`hash` text NOT NULL,
	`is_used` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`ballot`, `hash`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ballot_results` (
	`ballot` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`counted_at` integer NOT NULL,
	`expected` integer NOT NULL,
	`voted` integer NOT NULL,
	`codes` integer NOT NULL,
	`codes_used` integer NOT NULL,
	`tally` text NOT NULL,
	`receipts` text NOT NULL,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ballots` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text,
	`committee` text,
	`gathering` text,
	`use` text NOT NULL,
	`is_secret` integer NOT NULL,
	`title` text NOT NULL,
	`question` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`public_key` text NOT NULL,
	`wrapped_key` text,
	`wiped_at` integer,
	`expected_voters` integer,
	`present_voters` integer,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ballots_one_owner" CHECK((branch is not null) + (committee is not null) = 1),
	CONSTRAINT "ballots_secret_uses" CHECK(is_secret or "use" not in ('evaluation', 'election', 'pulse'))
);
--> statement-breakpoint
CREATE INDEX `ballots_by_branch` ON `ballots` (`branch`,`opened_at`);--> statement-breakpoint
CREATE INDEX `ballots_by_committee` ON `ballots` (`committee`,`opened_at`);--> statement-breakpoint
CREATE INDEX `ballots_by_gathering` ON `ballots` (`gathering`);--> statement-breakpoint
CREATE TABLE `electorates` (
	`ballot` text NOT NULL,
	`member` text NOT NULL,
	`branch` text,
	`added_at` integer,
	`added_by` text,
	PRIMARY KEY(`ballot`, `member`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `electorates_by_member` ON `electorates` (`member`);--> statement-breakpoint
CREATE TABLE `marks` (
	`ballot` text NOT NULL,
	`key` text NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`ballot`, `key`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `named_votes` (
	`ballot` text NOT NULL,
	`member` text NOT NULL,
	`sealed` text NOT NULL,
	`said` text,
	PRIMARY KEY(`ballot`, `member`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `turnout` (
	`ballot` text NOT NULL,
	`member` text NOT NULL,
	PRIMARY KEY(`ballot`, `member`),
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `branches` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`committee` text NOT NULL,
	`name` text NOT NULL,
	`kind` text DEFAULT 'staff' NOT NULL,
	`since` text NOT NULL,
	`term_started_on` text,
	`term_years` integer DEFAULT 3 NOT NULL,
	`contact_point` text,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `branches_by_committee` ON `branches` (`committee`);--> statement-breakpoint
CREATE TABLE `chats` (
	`chat_id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text,
	`group_id` text,
	`committee` text,
	`bound_by` text NOT NULL,
	`bound_at` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "chats_one_owner" CHECK((branch is not null) + (committee is not null) + (group_id is not null) = 1)
);
--> statement-breakpoint
CREATE INDEX `chats_by_branch` ON `chats` (`branch`);--> statement-breakpoint
CREATE INDEX `chats_by_committee` ON `chats` (`committee`);--> statement-breakpoint
CREATE TABLE `committees` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`parent` text,
	`name` text NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`parent`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "committees_not_own_parent" CHECK("committees"."parent" is not "committees"."id")
);
--> statement-breakpoint
CREATE INDEX `committees_by_parent` ON `committees` (`parent`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`name` text NOT NULL,
	`ended_on` text,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `groups_by_branch` ON `groups` (`branch`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text,
	`group_id` text,
	`open_id` text,
	`union_id` text,
	`name` text NOT NULL,
	`stage` text,
	`applied_on` text,
	`activist_on` text,
	`prospect_on` text,
	`probationer_on` text,
	`full_on` text,
	`away_since` text,
	`joined_on` text NOT NULL,
	`left_on` text,
	`left_reason` text,
	`added_at` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_one_person` ON `members` (`unit`,`open_id`) WHERE left_on is null;--> statement-breakpoint
CREATE INDEX `members_by_branch` ON `members` (`branch`);--> statement-breakpoint
CREATE TABLE `seats` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`role` text NOT NULL,
	`branch` text,
	`committee` text,
	`group_id` text,
	`from_at` integer NOT NULL,
	`until_at` integer,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "seats_one_place" CHECK((branch is not null) + (committee is not null) + (group_id is not null) <= 1)
);
--> statement-breakpoint
CREATE INDEX `seats_by_member` ON `seats` (`member`);--> statement-breakpoint
CREATE INDEX `seats_by_branch` ON `seats` (`branch`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_key` text NOT NULL,
	`name` text NOT NULL,
	`language` text DEFAULT 'zh' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_tenantKey_unique` ON `units` (`tenant_key`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`period` text NOT NULL,
	`step` integer NOT NULL,
	`person` text NOT NULL,
	`told_on` text NOT NULL,
	PRIMARY KEY(`branch`, `part`, `period`, `step`, `person`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `attestations` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`period` text NOT NULL,
	`on_day` text NOT NULL,
	`reference` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	`refused_by` text,
	`refused_at` integer,
	`refused_because` text,
	`withdrawn_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`refused_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attestations_by_branch` ON `attestations` (`branch`,`period`);--> statement-breakpoint
CREATE UNIQUE INDEX `attestations_once` ON `attestations` (`branch`,`part`,`subject`,`period`,`on_day`) WHERE refused_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`quarter` text NOT NULL,
	`kind` text NOT NULL,
	`standard` integer,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_by` text,
	`withdrawn_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `findings_by_branch` ON `findings` (`branch`,`quarter`);--> statement-breakpoint
CREATE TABLE `judgements` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`period` text NOT NULL,
	`verdict` text NOT NULL,
	`permille` integer NOT NULL,
	`by_upper` integer NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `judgements_by_branch` ON `judgements` (`branch`,`period`);--> statement-breakpoint
CREATE TABLE `mutes` (
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `snoozes` (
	`person` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `evaluated` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`group_id` text,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `evaluated_by_member` ON `evaluated` (`member`);--> statement-breakpoint
CREATE TABLE `evaluations` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`period` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`ballot` text,
	`closed_by` text,
	`closed_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `evaluations_once_a_period` ON `evaluations` (`branch`,`period`);--> statement-breakpoint
CREATE INDEX `evaluations_by_ballot` ON `evaluations` (`ballot`);--> statement-breakpoint
CREATE TABLE `grade_appeals` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	`grade` text,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `group_views` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`grade` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `member_grades` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`grade` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`told_at` integer,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `self_views` (
	`evaluation` text NOT NULL,
	`member` text NOT NULL,
	`words` text NOT NULL,
	`grade` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`evaluation`, `member`),
	FOREIGN KEY (`evaluation`) REFERENCES `evaluations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `agenda_items` (
	`gathering` text NOT NULL,
	`position` integer NOT NULL,
	`words` text NOT NULL,
	`tags` text NOT NULL,
	`held_at` integer,
	`struck_at` integer,
	PRIMARY KEY(`gathering`, `position`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `arrivals` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`punctuality` text NOT NULL,
	`at` integer NOT NULL,
	`way` text NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `cancellations` (
	`gathering` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `closures` (
	`gathering` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`expected` integer NOT NULL,
	`present` integer NOT NULL,
	`expected_voters` integer NOT NULL,
	`present_voters` integer NOT NULL,
	`is_quorate` integer NOT NULL,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `expectations` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`votes` integer NOT NULL,
	`branch` text,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `expectations_by_member` ON `expectations` (`member`);--> statement-breakpoint
CREATE TABLE `gathering_branches` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`expected` integer,
	`present` integer,
	`expected_voters` integer,
	`present_voters` integer,
	`is_quorate` integer,
	PRIMARY KEY(`gathering`, `branch`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gathering_branches_by_branch` ON `gathering_branches` (`branch`);--> statement-breakpoint
CREATE TABLE `gathering_invitations` (
	`gathering` text NOT NULL,
	`branch` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	PRIMARY KEY(`gathering`, `branch`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gathering_invitations_by_branch` ON `gathering_invitations` (`branch`);--> statement-breakpoint
CREATE TABLE `gatherings` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`group_id` text,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`called_by` text NOT NULL,
	`called_at` integer NOT NULL,
	`room_secret` text,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`called_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gatherings_by_branch` ON `gatherings` (`branch`,`starts_at`);--> statement-breakpoint
CREATE INDEX `gatherings_by_end` ON `gatherings` (`ends_at`);--> statement-breakpoint
CREATE TABLE `leaves` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`reason` text NOT NULL,
	`asked_at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `make_ups` (
	`gathering` text NOT NULL,
	`member` text NOT NULL,
	`way` text,
	`excuse` text,
	`at` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	PRIMARY KEY(`gathering`, `member`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `make_ups_by_member` ON `make_ups` (`member`);--> statement-breakpoint
CREATE TABLE `reopenings` (
	`gathering` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`gathering`, `at`),
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`unit` text NOT NULL,
	`actor` text NOT NULL,
	`deed` text NOT NULL,
	`subject` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject`);--> statement-breakpoint
CREATE TABLE `credits` (
	`branch` text NOT NULL,
	`part` text NOT NULL,
	`subject` text NOT NULL,
	`gathering` text NOT NULL,
	`at` integer NOT NULL,
	`period` text,
	PRIMARY KEY(`branch`, `part`, `subject`, `gathering`),
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `credits_by_branch` ON `credits` (`branch`,`at`,`part`,`subject`,`gathering`,`period`);--> statement-breakpoint
CREATE INDEX `credits_by_gathering` ON `credits` (`gathering`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`event_id` text PRIMARY KEY NOT NULL,
	`message_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_messageId_unique` ON `deliveries` (`message_id`);--> statement-breakpoint
CREATE TABLE `guards` (
	`nth` integer NOT NULL,
	CONSTRAINT "guard_0" CHECK(nth <> 0),
	CONSTRAINT "guard_1" CHECK(nth <> 1),
	CONSTRAINT "guard_2" CHECK(nth <> 2),
	CONSTRAINT "guard_3" CHECK(nth <> 3)
);
--> statement-breakpoint
CREATE TABLE `job_runs` (
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`ran_at` integer NOT NULL,
	`is_late` integer NOT NULL,
	PRIMARY KEY(`job`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`occasion` text NOT NULL,
	`lane` integer NOT NULL,
	`due_at` integer NOT NULL,
	`to_kind` text NOT NULL,
	`to_id` text NOT NULL,
	`recipient` text NOT NULL,
	`view` text NOT NULL,
	`args` text NOT NULL,
	`unasked` integer DEFAULT false NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`tried_at` integer,
	`unsure_since` integer,
	`outcome` text,
	`message_id` text,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_occasion_unique` ON `outbox` (`occasion`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`lane`,`due_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_tried` ON `outbox` (`tried_at`);--> statement-breakpoint
CREATE TABLE `posts` (
	`message_id` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`view` text NOT NULL,
	`subject` text NOT NULL,
	`args` text NOT NULL,
	`posted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `posts_by_subject` ON `posts` (`subject`);--> statement-breakpoint
CREATE TABLE `unreachable` (
	`recipient` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`code` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `elections` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`gathering` text NOT NULL,
	`title` text NOT NULL,
	`after` text,
	`seats` integer NOT NULL,
	`nominees` text NOT NULL,
	`scrutineers` text NOT NULL,
	`tellers` text NOT NULL,
	`expected_voters` integer NOT NULL,
	`present_voters` integer NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`ballot` text,
	`sheet` text,
	`sheet_by` text,
	`sheet_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`after`) REFERENCES `elections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sheet_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `elections_by_gathering` ON `elections` (`gathering`);--> statement-breakpoint
CREATE INDEX `elections_by_ballot` ON `elections` (`ballot`);--> statement-breakpoint
CREATE TABLE `resolutions` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`gathering` text NOT NULL,
	`words` text NOT NULL,
	`matter` text NOT NULL,
	`expected_voters` integer NOT NULL,
	`present_voters` integer NOT NULL,
	`ballot` text,
	`approvals` integer,
	`against` integer,
	`abstained` integer,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gathering`) REFERENCES `gatherings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ballot`) REFERENCES `ballots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `resolutions_by_gathering` ON `resolutions` (`gathering`);--> statement-breakpoint
CREATE INDEX `resolutions_by_ballot` ON `resolutions` (`ballot`);--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`person` text,
	`made_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_one_for_all` ON `links` (`kind`,`subject`) WHERE person is null and revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `links_one_a_person` ON `links` (`kind`,`subject`,`person`) WHERE person is not null and revoked_at is null;--> statement-breakpoint
CREATE INDEX `links_by_subject` ON `links` (`subject`);--> statement-breakpoint
CREATE TABLE `rhythm_answers` (
	`rhythm` text NOT NULL,
	`on` text NOT NULL,
	`answer` text NOT NULL,
	`gathering` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`rhythm`, `on`),
	FOREIGN KEY (`rhythm`) REFERENCES `rhythms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rhythm_drafts` (
	`rhythm` text NOT NULL,
	`on` text NOT NULL,
	`starts_at` integer NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`prepared_at` integer NOT NULL,
	`to_person` text NOT NULL,
	`card` text,
	PRIMARY KEY(`rhythm`, `on`),
	FOREIGN KEY (`rhythm`) REFERENCES `rhythms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rhythm_drafts_by_start` ON `rhythm_drafts` (`starts_at`);--> statement-breakpoint
CREATE INDEX `rhythm_drafts_by_card` ON `rhythm_drafts` (`card`);--> statement-breakpoint
CREATE TABLE `rhythms` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`group_id` text,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`in_room` integer NOT NULL,
	`rule` text NOT NULL,
	`time` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`ended_by` text,
	`ended_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rhythms_by_branch` ON `rhythms` (`branch`);--> statement-breakpoint
CREATE UNIQUE INDEX `rhythms_one_of_branch` ON `rhythms` (`branch`,`kind`) WHERE ended_at is null and group_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX `rhythms_one_of_group` ON `rhythms` (`branch`,`group_id`,`kind`) WHERE ended_at is null and group_id is not null;--> statement-breakpoint
CREATE TABLE `claim_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`member` text NOT NULL,
	`deed` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`before` text NOT NULL,
	`after` text,
	`undone_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_changes_by_member` ON `person_changes` (`member`,`at`);--> statement-breakpoint
CREATE INDEX `person_changes_by_branch` ON `person_changes` (`branch`,`at`);--> statement-breakpoint
CREATE TABLE `roster_asks` (
	`open_id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `roster_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`branch` text NOT NULL,
	`by` text NOT NULL,
	`made_at` integer NOT NULL,
	`tally` text NOT NULL,
	`rows` text,
	`imported_at` integer,
	`imported_by` text,
	`done` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roster_drafts_file_unique` ON `roster_drafts` (`file`);--> statement-breakpoint
CREATE INDEX `roster_drafts_by_branch` ON `roster_drafts` (`branch`);--> statement-breakpoint
CREATE TABLE `roster_proposals` (
	`chat` text NOT NULL,
	`open_id` text NOT NULL,
	`id` text NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`group_id` text,
	`name` text,
	`what` text NOT NULL,
	`at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`decision` text,
	PRIMARY KEY(`chat`, `open_id`),
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roster_proposals_id_unique` ON `roster_proposals` (`id`);--> statement-breakpoint
CREATE INDEX `roster_proposals_by_branch` ON `roster_proposals` (`branch`);--> statement-breakpoint
CREATE TABLE `sent_files` (
	`message_id` text PRIMARY KEY NOT NULL,
	`file_key` text NOT NULL,
	`name` text NOT NULL,
	`branch` text,
	`by` text NOT NULL,
	`chat_id` text NOT NULL,
	`at` integer NOT NULL,
	`tried_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `holiday_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`year` integer NOT NULL,
	`off` text NOT NULL,
	`work` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `holiday_drafts_by_time` ON `holiday_drafts` (`at`);--> statement-breakpoint
CREATE TABLE `holiday_years` (
	`year` integer PRIMARY KEY NOT NULL,
	`off` text NOT NULL,
	`work` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rulebook_asks` (
	`open_id` text PRIMARY KEY NOT NULL,
	`committee` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rulebook_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`committee` text NOT NULL,
	`by` text NOT NULL,
	`made_at` integer NOT NULL,
	`quarter` text NOT NULL,
	`after` integer NOT NULL,
	`said` text NOT NULL,
	`changes` text NOT NULL,
	`wrong` text NOT NULL,
	`sum` integer NOT NULL,
	`saved_at` integer,
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rulebook_drafts_file_unique` ON `rulebook_drafts` (`file`);--> statement-breakpoint
CREATE INDEX `rulebook_drafts_by_time` ON `rulebook_drafts` (`made_at`);--> statement-breakpoint
CREATE TABLE `rulebooks` (
	`committee` text NOT NULL,
	`version` integer NOT NULL,
	`from_on` text NOT NULL,
	`said` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`committee`, `version`),
	FOREIGN KEY (`committee`) REFERENCES `committees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rulebooks_by_day` ON `rulebooks` (`committee`,`from_on`);