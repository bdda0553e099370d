using ClaimsEngine.Host.Cli;

return await CommandLine.Run(args);
