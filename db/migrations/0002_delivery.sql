CREATE TABLE `data_keys` (
	`fingerprint` text PRIMARY KEY NOT NULL,
	`is_ours` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chat_presence` (
	`chat_id` text PRIMARY KEY NOT NULL,
	`is_in` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `direct_chats` (
	`chat_id` text PRIMARY KEY NOT NULL,
	`open_id` text NOT NULL
);
