import { type Command, Option } from "commander";

/** Puts a written review below a pull request. */
export function addCommentCommands(cli: Command): void {
  cli
    .command("comment")
    .description(
      "put a review below a pull request: one comment, updated in place; the token comes from the environment",
    )
    .requiredOption(
      "--file <file>",
      "Markdown, or JSON { summary, details: [text or { title, body }], validAt }; - reads it",
    )
    .addOption(
      new Option("--forge <forge>", "what the pull request is on; known by itself in a pipeline").choices([
        "github",
        "gitea",
        "gitlab",
        "gitee",
        "codeup",
      ]),
    )
    .option("--api <url>", "root of the forge's API, for a server of your own")
    .option("--repository <owner/name>", "where the pull request is")
    .option("--number <number>", "the pull request")
    .option("--organization <id>", "Codeup, central edition")
    .option("--commit <sha>", "head of the pull request, for --check")
    .option("--project <name>", "one comment for each name", "computing-in-china")
    .option("--valid-at <time>", "when what started this run happened, so that an older run writes over no newer one")
    .option("--link <url>", "where the whole review can be read")
    .addOption(
      new Option("--check <state>", "also sets the state beside the commit").choices(["pending", "success", "failure"]),
    )
    .option("--check-text <text>", "what stands beside it", "cost and hazards of this change")
    .action(async (options: import("./comment.ts").CommentOptions) => {
      const { commentCommand } = await import("./comment.ts");
      await commentCommand(options);
    });
}
