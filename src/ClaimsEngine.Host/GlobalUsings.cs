global using ClaimsEngine.Kernel;
