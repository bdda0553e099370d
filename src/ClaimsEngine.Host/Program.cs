using System.Security.Cryptography;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Telemetry;

var builder = WebApplication.CreateBuilder(args);
builder.AddTelemetry();
builder.AddProblems();
builder.AddBearerAuthentication();
builder.AddRateLimits();
builder.AddApiDescription();
if (builder.Environment.IsDevelopment()) builder.Services.AddSingleton(new DevelopmentTokenKey(RandomNumberGenerator.GetBytes(32)));

var app = builder.Build();
app.UseSecurityHeaders();
app.UseProblems();
app.UseAuthentication();
app.UseRateLimits();
app.UseAuthorization();
app.MapDevelopmentTokens();
app.MapMetrics();
app.MapApiDescription();
app.Run();
