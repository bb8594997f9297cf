CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`member` text NOT NULL,
	`contact` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`ended_by` text,
	`ended_at` integer,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contacts_two" CHECK(member <> contact)
);
--> statement-breakpoint
CREATE INDEX `contacts_by_branch` ON `contacts` (`branch`);--> statement-breakpoint
CREATE INDEX `contacts_by_contact` ON `contacts` (`contact`);--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_once` ON `contacts` (`member`,`contact`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `opinions` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`activist` text NOT NULL,
	`writer` text NOT NULL,
	`half` text NOT NULL,
	`quarter` text NOT NULL,
	`verdict` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	`filed_at` integer NOT NULL,
	`talk` text,
	`replaced_by` text,
	`goes_on` text,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`activist`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`writer`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`talk`) REFERENCES `talks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `opinions_by_activist` ON `opinions` (`activist`,`quarter`);--> statement-breakpoint
CREATE INDEX `opinions_by_branch` ON `opinions` (`branch`,`filed_at`);--> statement-breakpoint
CREATE INDEX `opinions_by_end` ON `opinions` (`goes_on`);--> statement-breakpoint
CREATE INDEX `opinions_by_key` ON `opinions` (`kid`);--> statement-breakpoint
CREATE TABLE `talk_notes` (
	`talk` text NOT NULL,
	`writer` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	`is_shared` integer NOT NULL,
	`written_at` integer NOT NULL,
	`goes_on` text NOT NULL,
	PRIMARY KEY(`talk`, `writer`),
	FOREIGN KEY (`talk`) REFERENCES `talks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`writer`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `talk_notes_by_end` ON `talk_notes` (`goes_on`);--> statement-breakpoint
CREATE INDEX `talk_notes_by_key` ON `talk_notes` (`kid`);--> statement-breakpoint
CREATE TABLE `talks` (
	`id` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`a` text NOT NULL,
	`b` text NOT NULL,
	`kind` text NOT NULL,
	`on_day` text NOT NULL,
	`claimed_by` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`confirmed_at` integer,
	`denied_at` integer,
	`withdrawn_at` integer,
	`undo_asked_by` text,
	`attested_by` text,
	`attested_reference` text,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`a`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`b`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`claimed_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undo_asked_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`attested_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "talks_two" CHECK(a < b),
	CONSTRAINT "talks_own_claim" CHECK(claimed_by in (a, b)),
	CONSTRAINT "talks_one_answer" CHECK(confirmed_at is null or denied_at is null),
	CONSTRAINT "talks_attested_apart" CHECK(attested_by is null or attested_by not in (a, b))
);
--> statement-breakpoint
CREATE INDEX `talks_by_branch` ON `talks` (`branch`,`on_day`);--> statement-breakpoint
CREATE INDEX `talks_by_a` ON `talks` (`a`,`on_day`);--> statement-breakpoint
CREATE INDEX `talks_by_b` ON `talks` (`b`,`on_day`);--> statement-breakpoint
CREATE UNIQUE INDEX `talks_once` ON `talks` (`a`,`b`,`on_day`) WHERE withdrawn_at is null and denied_at is null;--> statement-breakpoint
CREATE TABLE `worries` (
	`id` text PRIMARY KEY NOT NULL,
	`branch` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	`signer` text,
	`is_done` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`signer`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `worries_by_branch` ON `worries` (`branch`);--> statement-breakpoint
CREATE TABLE `worry_drafts` (
	`talk` text PRIMARY KEY NOT NULL,
	`asked_by` text NOT NULL,
	`sealed` text NOT NULL,
	`kid` text NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`talk`) REFERENCES `talks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `vault_keys` (
	`kid` text PRIMARY KEY NOT NULL,
	`unit` text NOT NULL,
	`branch` text NOT NULL,
	`purpose` text NOT NULL,
	`wrapped` text NOT NULL,
	`wrapped_by` text NOT NULL,
	`made_at` integer NOT NULL,
	`retired_at` integer,
	`uses` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`branch`) REFERENCES `branches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `vault_keys_by_branch` ON `vault_keys` (`branch`,`purpose`);--> statement-breakpoint
CREATE INDEX `vault_keys_by_wrapper` ON `vault_keys` (`wrapped_by`);