global using ClaimsEngine.Kernel;
global using ClaimsEngine.Storage.Writing;
global using NodaTime;
global using Xunit;
