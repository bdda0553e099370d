namespace ClaimsEngine.Host.Rosters;

public enum SheetFormat { Csv, Xlsx }
