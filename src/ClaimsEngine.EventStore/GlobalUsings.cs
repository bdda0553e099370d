global using ClaimsEngine.Kernel;
global using ClaimsEngine.Ports;
global using NodaTime;
