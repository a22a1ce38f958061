import { nameParts } from "./name-part.ts";

export const spanish = {
  olderMen: nameParts(`
    Antonio||14; José||14; Manuel||13; Francisco||12; Juan||9; José Antonio||8; José Luis||7; Jesús||6; Ángel||5; Miguel||6; Rafael||5; Pedro||5; Luis||5; Juan José||4; Fernando||4; Ramón||3
    Vicente||3; Juan Carlos||4; Enrique||3; Andrés||3; Joaquín||3; Francisco Javier||4; Julián||2; Tomás||2; Emilio||2; Alfonso||2; Salvador||2; José Manuel||4; Agustín||2; Gregorio||1`),
  youngerMen: nameParts(`
    David||9; Alejandro||9; Daniel||9; Pablo||8; Javier||8; Sergio||7; Álvaro||7; Adrián||6; Carlos||6; Diego||5; Jorge||5; Hugo||4; Rubén||4; Iván||4; Mario||4; Raúl||3; Marcos||3; Víctor||4
    Óscar||3; Alberto||4; Lucas||3; Martín||3; Íñigo||1; Gonzalo||2; Guillermo||2; Ignacio||2; Nicolás||2; Samuel||2; Luis Miguel||2; Miguel Ángel||3; Unai||1; Jordi||1.5; Xavier||1.2`),
  olderWomen: nameParts(`
    María Carmen|María Carmen/M. Carmen/María del Carmen|14; María||10; Josefa||6; Ana María||6; Isabel||6; Dolores||5; Pilar||6; María Teresa|María Teresa/M. Teresa|6; Francisca||5; Carmen||8; Antonia||5
    Mercedes||3; Rosa||4; Concepción||4; María Pilar|María Pilar/M. Pilar/María del Pilar|5; María Dolores|María Dolores/M. Dolores|4; Encarnación||2; Rosario||3; María Luisa|María Luisa/M. Luisa|4; Ángeles||3
    Manuela||3; Juana||2; Margarita||2; Teresa||3; Julia||2; Inmaculada||2; Montserrat||2; Begoña||1`),
  youngerWomen: nameParts(`
    Laura||9; Lucía||8; Paula||8; Marta||8; Sara||7; Cristina||7; Andrea||6; Elena||6; Alba||5; Claudia||4; Raquel||5; Sofía||5; Patricia||5; Irene||5; Carla||3; Nuria||4; Ana||5; Martina||3; Beatriz||4
    Natalia||3; Rocío||3; Silvia||4; Eva||3; Miriam||2; Alicia||3; Inés||2; Noelia||3; Lorena||3; Julia||4; Ainhoa||1.5; Carolina||2; Mónica||3; Sandra||3; Verónica||2; María José|María José/M. José|3`),
  families: nameParts(`
    García||34; Rodríguez||22; González||22; Fernández||22; López||21; Martínez||20; Sánchez||19; Pérez||18; Gómez||12; Martín||12; Jiménez||9.5; Hernández||9.2; Ruiz||9; Díaz||8.5; Moreno||7.7; Muñoz||7
    Álvarez||7.2; Romero||5.6; Gutiérrez||4.9; Alonso||5; Navarro||4.6; Torres||4.6; Domínguez||4.3; Ramos||4.2; Vázquez||4.2; Gil||3.6; Ramírez||3.9; Serrano||3.7; Blanco||3.4; Molina||3.3; Morales||3.2
    Suárez||3.2; Ortega||3.1; Delgado||3.1; Castro||3.1; Ortiz||2.9; Rubio||2.8; Marín||2.7; Sanz||2.6; Núñez||2.5; Iglesias||2.5; Medina||2.4; Garrido||2.3; Cortés||2.2; Castillo||2.2; Santos||2.1
    Lozano||2; Guerrero||2; Cano||1.9; Prieto||1.8; Méndez||1.8; Cruz||1.8; Calvo||1.7; Gallego||1.7; Vidal||1.7; León||1.6; Márquez||1.6; Herrera||1.6; Peña||1.6; Flores||1.5; Cabrera||1.5; Campos||1.4
    de la Fuente||0.7; del Río||0.6; de la Torre||0.6; de la Cruz||0.6; Echeverría||0.5; Etxeberria||0.3; Puig||0.7; Ferrer||1; Soler||0.8; Roca||0.7; Bosch||0.4; Ibáñez||1.1; Pascual||1.1; Arias||1; Quintana||0.5`),
} as const;
