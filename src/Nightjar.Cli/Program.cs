System.Console.WriteLine("nightjar");
