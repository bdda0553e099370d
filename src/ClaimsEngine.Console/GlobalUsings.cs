global using ClaimsEngine.Kernel;
global using NodaTime;
