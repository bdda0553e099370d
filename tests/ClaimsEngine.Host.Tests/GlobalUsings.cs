global using ClaimsEngine.Kernel;
global using Xunit;
