// Preloaded into a measured process: prints the CPU seconds it used, at its very end.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process._rawDebug(`CPU ${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS })}`);
});
