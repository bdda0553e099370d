global using ClaimsEngine.Console.Tests.Browsing;
global using ClaimsEngine.Kernel;
global using Microsoft.Playwright;
global using Xunit;
