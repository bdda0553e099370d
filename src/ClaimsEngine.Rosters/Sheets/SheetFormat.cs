namespace ClaimsEngine.Rosters.Sheets;

public enum SheetFormat { Csv, Xlsx }
