/** An entry is the changeset's own line. What else was released with a package is said once, not once for each changeset. */
module.exports = {
  getReleaseLine: async ({ summary }) => `- ${summary.trim()}`,
  getDependencyReleaseLine: async (_changesets, dependencies) =>
    dependencies.length === 0
      ? ""
      : `- Updated dependencies: ${dependencies.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`).join(", ")}`,
};
